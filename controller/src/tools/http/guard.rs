//! Which addresses may be reached: public ones, and what the operator permits.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::HttpError;

/// Ports that websites use.
const PORTS: &[u16] = &[80, 443, 8080, 8443];

/// An exception from the rules: `127.0.0.1:8123`, `[::1]:80`, `intranet.example:8080`, `intranet.example`, `10.1.0.0/16`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    place: Place,
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Name(String),
    Net { base: IpAddr, bits: u8 },
}

/// Why a permit cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither HOST:PORT, an IP address nor a network such as 10.1.0.0/16")]
pub struct BadPermit(String);

impl Permit {
    /// Reads one.
    pub fn parse(text: &str) -> Result<Self, BadPermit> {
        let bad = || BadPermit(text.to_owned());
        let trimmed = text.trim();
        if let Some((base, bits)) = trimmed.split_once('/') {
            let base: IpAddr = base.parse().map_err(|_| bad())?;
            let bits: u8 = bits.parse().map_err(|_| bad())?;
            let longest = if base.is_ipv4() { 32 } else { 128 };
            if bits > longest {
                return Err(bad());
            }
            return Ok(Self { place: Place::Net { base, bits }, port: None });
        }
        if let Ok(ip) = trimmed.parse::<IpAddr>() {
            return Ok(Self { place: single(ip), port: None });
        }
        let (host, port) = match trimmed.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| bad())?)),
            None => (trimmed, None),
        };
        let place = match Host::parse(host).map_err(|_| bad())? {
            Host::Domain(name) => Place::Name(name.trim_end_matches('.').to_owned()),
            Host::Ipv4(ip) => single(IpAddr::V4(ip)),
            Host::Ipv6(ip) => single(IpAddr::V6(ip)),
        };
        Ok(Self { place, port })
    }

    fn names(&self, host: &str) -> bool {
        matches!(&self.place, Place::Name(name) if name.eq_ignore_ascii_case(host.trim_end_matches('.')))
    }

    fn holds(&self, ip: IpAddr) -> bool {
        match (&self.place, ip) {
            (Place::Net { base: IpAddr::V4(base), bits }, IpAddr::V4(ip)) => {
                let shift = 32 - u32::from(*bits);
                u32::from(*base).checked_shr(shift) == u32::from(ip).checked_shr(shift)
            }
            (Place::Net { base: IpAddr::V6(base), bits }, IpAddr::V6(ip)) => {
                let shift = 128 - u32::from(*bits);
                u128::from(*base).checked_shr(shift) == u128::from(ip).checked_shr(shift)
            }
            _ => false,
        }
    }
}

fn single(ip: IpAddr) -> Place {
    Place::Net { base: ip, bits: if ip.is_ipv4() { 32 } else { 128 } }
}

/// Whether a port is one that websites use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Port {
    Usual,
    Unusual,
}

impl Port {
    pub(super) fn of(port: u16) -> Self {
        if PORTS.contains(&port) { Self::Usual } else { Self::Unusual }
    }
}

/// Which addresses may be reached.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    permits: Vec<Permit>,
}

impl Guard {
    /// Makes the rules with the operator's exceptions.
    pub fn new(permits: Vec<Permit>) -> Self {
        Self { permits }
    }

    /// Returns the same rules, with only those exceptions that hold for one port.
    pub(super) fn for_port(&self, port: u16) -> Self {
        let permits = self.permits.iter().filter(|p| p.port.is_none_or(|own| own == port)).cloned().collect();
        Self { permits }
    }

    /// Returns the same rules, with only those exceptions that name no port.
    pub(super) fn for_other_ports(&self) -> Self {
        Self { permits: self.permits.iter().filter(|p| p.port.is_none()).cloned().collect() }
    }

    /// Lists the ports that exceptions name.
    pub(super) fn ports(&self) -> Vec<u16> {
        let mut ports: Vec<_> = self.permits.iter().filter_map(|p| p.port).collect();
        ports.sort_unstable();
        ports.dedup();
        ports
    }

    /// Checks everything about an address that can be known before its name is resolved.
    pub fn check(&self, url: &Url) -> Result<(), HttpError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(HttpError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HttpError::CredentialsInAddress);
        }
        let port = url.port_or_known_default().ok_or(HttpError::BadAddress)?;
        let rules = self.for_port(port);
        let (literal, named) = match url.host().ok_or(HttpError::BadAddress)? {
            Host::Domain(name) => (None, rules.permits.iter().any(|p| p.names(name))),
            Host::Ipv4(ip) => (Some(IpAddr::V4(ip)), false),
            Host::Ipv6(ip) => (Some(IpAddr::V6(ip)), false),
        };
        if literal.is_some_and(|ip| !rules.permits_address(ip)) {
            return Err(HttpError::ForbiddenAddress);
        }
        // A name may still turn out to stand for an excepted address: the resolver decides then.
        let excepted = match literal {
            Some(ip) => rules.permits.iter().any(|p| p.holds(ip)),
            None => named || rules.permits.iter().any(|p| matches!(p.place, Place::Net { .. })),
        };
        if Port::of(port) == Port::Unusual && !excepted {
            return Err(HttpError::ForbiddenPort { port });
        }
        Ok(())
    }

    /// Keeps of the addresses of a name those that may be reached.
    pub(super) fn keep(&self, host: &str, port: Port, addresses: Vec<IpAddr>) -> Vec<IpAddr> {
        if self.permits.iter().any(|p| p.names(host)) {
            return addresses;
        }
        let usual = port == Port::Usual;
        addresses
            .into_iter()
            .filter(|ip| self.permits.iter().any(|p| p.holds(*ip)) || (usual && is_public(*ip)))
            .collect()
    }

    fn permits_address(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.permits.iter().any(|p| p.holds(ip))
    }
}

/// Whether an address belongs to the public internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// Global unicast (2000::/3) without what hides another address (Teredo, 6to4) or is for documents. Everything that wraps
/// an IPv4 address (mapped, compatible, NAT64) lies outside 2000::/3.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let global = a & 0xe000 == 0x2000;
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(permits: &[&str], url: &str) -> Result<(), HttpError> {
        let guard = Guard::new(permits.iter().map(|p| Permit::parse(p).unwrap()).collect());
        guard.check(&Url::parse(url).unwrap())
    }

    #[test]
    fn no_private_address_is_public_in_any_spelling() {
        let hosts = [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "0x7f.1",
            "0.0.0.0",
            "0",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:8.8.8.8]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[2001:db8::1]",
            "[fc00::1]",
            "[fd00::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[100::1]",
            "[3fff::1]",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
        ];
        for host in hosts {
            assert_eq!(verdict(&[], &format!("http://{host}/")), Err(HttpError::ForbiddenAddress), "{host}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for host in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "[2606:4700::1111]",
            "[2a00:1450::8a]",
            "museum.example",
        ] {
            assert_eq!(verdict(&[], &format!("https://{host}/")), Ok(()), "{host}");
        }
    }

    #[test]
    fn other_schemes_ports_and_credentials_are_refused() {
        for url in ["file:///etc/passwd", "gopher://8.8.8.8/", "data:text/xml,<rss/>", "ftp://8.8.8.8/"] {
            assert_eq!(verdict(&[], url), Err(HttpError::Scheme), "{url}");
        }
        for port in [22, 25, 6379, 5432, 11211] {
            assert_eq!(verdict(&[], &format!("http://8.8.8.8:{port}/")), Err(HttpError::ForbiddenPort { port }));
        }
        assert_eq!(verdict(&[], "http://a:b@8.8.8.8/"), Err(HttpError::CredentialsInAddress));
        assert_eq!(verdict(&[], "http://8.8.8.8@127.0.0.1/"), Err(HttpError::CredentialsInAddress));
    }

    #[test]
    fn an_exception_holds_for_its_place_and_port_only() {
        assert_eq!(verdict(&["127.0.0.1:8123"], "http://127.0.0.1:8123/feed"), Ok(()));
        assert_eq!(verdict(&["127.0.0.1:8123"], "http://127.0.0.1/"), Err(HttpError::ForbiddenAddress));
        assert_eq!(verdict(&["127.0.0.1:8123"], "http://127.0.0.2:8123/"), Err(HttpError::ForbiddenAddress));
        assert_eq!(verdict(&["10.1.0.0/16"], "http://10.1.2.3/"), Ok(()));
        assert_eq!(verdict(&["10.1.0.0/16"], "http://10.2.2.3/"), Err(HttpError::ForbiddenAddress));
        assert_eq!(verdict(&["[::1]:80"], "http://[::1]/"), Ok(()));
        assert_eq!(verdict(&["0.0.0.0/0"], "http://127.0.0.1/"), Ok(()));
        assert_eq!(verdict(&["intranet.example:9000"], "http://intranet.example:9000/"), Ok(()));
    }

    #[test]
    fn a_port_exception_for_one_host_opens_it_for_no_other() {
        let guard = Guard::new(vec![Permit::parse("127.0.0.1:6379").unwrap()]).for_port(6379);
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let here: IpAddr = "127.0.0.1".parse().unwrap();

        assert_eq!(guard.keep("museum.example", Port::Unusual, vec![public, here]), [here]);
        assert_eq!(verdict(&["127.0.0.1:6379"], "http://8.8.8.8:6379/"), Err(HttpError::ForbiddenPort { port: 6379 }));
    }

    #[test]
    fn nonsense_is_no_permit() {
        for text in ["", "10.0.0.0/33", "host:99999", "a b", "::1/129", "x/8"] {
            assert!(Permit::parse(text).is_err(), "{text}");
        }
    }
}
