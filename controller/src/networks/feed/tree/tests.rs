//! What becomes of broken XML.

use super::{Id, Ns, Tree, build::MOST_NODES};

/// `name[text](children…)`, an incomplete element with `…`.
fn show(tree: &Tree<'_>, id: Id) -> String {
    let node = tree.node(id);
    let inside: Vec<_> = tree.children(id).map(|child| show(tree, child)).collect();
    let text = if node.holds_markup { format!("<{}>", tree.inner(id)) } else { node.text.trim().to_owned() };
    format!("{}{}[{text}]({})", node.name, if node.complete { "" } else { "…" }, inside.join(" "))
}

fn shown(source: &str) -> String {
    show(&Tree::read(source), 0)
}

#[test]
fn sound_documents_are_read() {
    assert_eq!(
        shown("<rss><item><title>A &amp; B&#33;</title><link>x</link></item></rss>"),
        "rss[](item[](title[A & B!]() link[x]()))"
    );
    assert_eq!(shown("<a><b><![CDATA[<i>x</i>]]> y</b><c/></a>"), "a[](b[<i>x</i> y]() c[]())");
}

#[test]
fn forgotten_and_wrong_ends_are_understood() {
    assert_eq!(shown("<r><item><title>A</titel><link>x</link></item></r>"), "r[](item[](title[A]() link[x]()))");
    assert_eq!(
        shown("<r><item><title>A<pubDate>d</pubDate><item><title>B</title></item></r>"),
        "r[](item[](title[A]() pubDate[d]()) item[](title[B]()))"
    );
    assert_eq!(
        shown("<r><item><description>a<br>b <b>c</b></p></description><guid>1</guid></item></r>"),
        "r[](item[](description[<a<br>b <b>c</b></p>>]() guid[1]()))"
    );
}

#[test]
fn stray_characters_are_text() {
    assert_eq!(shown("<r><t>a < b & c &nbsp; &foo d</t></r>"), "r[](t[a < b & c &nbsp; &foo d]())");
    assert_eq!(shown("<r><t>1 <2 <\"3</t><u>x</u></r>"), "r[](t[1 <2 <\"3]() u[x]())");
    assert_eq!(shown("<r><t>&#0;&#x1F600;&#150;&#99999999;</t></r>"), "r[](t[\u{fffd}😀–\u{fffd}]())");
}

#[test]
fn a_byte_order_mark_in_the_middle_moves_nothing() {
    assert_eq!(shown("<r><t><\u{feff}<b>x</b></t><u>ü</u></r>"), "r[](t[<](b[x]()) u[ü]())");
    assert_eq!(shown("<r><\u{feff}\u{feff}<t>ü</t></r>"), "r[<](t[ü]())");
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let bomb = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                <r><t>&b;&x;</t></r>";
    assert_eq!(shown(bomb), "r[](t[&b;&x;]())");
}

#[test]
fn what_came_before_a_break_is_kept() {
    for (source, expected) in [
        ("<r><i>1</i><i>2", "r…[](i[1]() i…[2]())"),
        ("<r><i>1</i><i a='", "r…[](i[1]())"),
        ("<r><i>1</i><![CDATA[x", "r…[](i[1]())"),
        ("<r><i>1</i><!-- x", "r…[](i[1]())"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn attributes_are_read_in_every_style() {
    let tree =
        Tree::read("<r xmlns:m='http://search.yahoo.com/mrss/'><m:content URL=\"a?b&amp;c\" x=1 y z='&lt;'/></r>");
    assert_eq!(tree.attribute(1, "url").as_deref(), Some("a?b&c"));
    assert_eq!(tree.attribute(1, "x").as_deref(), Some("1"));
    assert_eq!(tree.attribute(1, "z").as_deref(), Some("<"));
    assert_eq!(tree.attribute(1, "w"), None);
    assert_eq!(tree.node(1).ns, Ns::Media);
}

#[test]
fn size_and_depth_have_an_end() {
    assert!(Tree::read(&"<a>".repeat(1_000_000)).nodes.len() <= MOST_NODES);
    assert!(Tree::read(&"<a/>".repeat(1_000_000)).too_large);
    Tree::read(&"<a b=\"".repeat(200_000));
    Tree::read(&"<".repeat(1_000_000));
    Tree::read(&"<description><b>".repeat(100_000));
    Tree::read(&"</a>".repeat(500_000));
}
