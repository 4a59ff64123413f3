//! Where a request comes from, as far as that can be believed.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};

/// The address of whoever asks: the peer, or, where the peer is a proxy of ours,
/// the last address in `X-Forwarded-For` that is not one.
pub(super) fn address(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let known = |address: &IpAddr| proxies.iter().any(|proxy| proxy.to_canonical() == *address);
    if !known(&peer) {
        return Some(peer);
    }
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    let mut last = peer;
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        // What cannot be read was not written by a proxy of ours: go no further.
        let Some(hop) = parse(hop.trim()) else { break };
        last = hop;
        if !known(&hop) {
            break;
        }
    }
    Some(last)
}

/// The key an address is counted under: all that one household has of IPv6 is one.
pub(super) fn group(address: Option<IpAddr>) -> String {
    match address {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => shared::hex::encode(&address.octets()[..8]),
        None => String::new(),
    }
}

/// Reads `1.2.3.4`, `1.2.3.4:5`, `::1` and `[::1]:5`.
fn parse(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok().or_else(|| text.parse().ok().map(|full: SocketAddr| full.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, SocketAddr};

    use axum::{
        extract::ConnectInfo,
        http::{Extensions, HeaderMap},
    };

    fn seen(peer: &str, forwarded: &str) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies: Vec<IpAddr> = vec!["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        super::address(&extensions, &headers, &proxies).unwrap().to_string()
    }

    #[test]
    fn a_stranger_cannot_make_up_an_address() {
        assert_eq!(seen("203.0.113.7:1", "198.51.100.1"), "203.0.113.7");
    }

    #[test]
    fn a_proxy_is_believed_for_the_hop_it_saw() {
        assert_eq!(seen("10.0.0.1:1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(seen("10.0.0.1:1", "192.0.2.66, 198.51.100.1, 10.0.0.2"), "198.51.100.1");
        assert_eq!(seen("[::ffff:10.0.0.1]:1", "[2001:db8::1]:443"), "2001:db8::1");
        assert_eq!(seen("10.0.0.1:1", "198.51.100.1, made up"), "10.0.0.1");
    }
}
