//! What pages of the fakes look like.

/// Plain and calm; no page of the product is made with it.
pub(crate) const STYLE: &str = "body{margin:0;background:#f4f1ea;color:#222;font:17px/1.5 sans-serif}\
    main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}h1{line-height:1.2}h2{margin:2rem 0 .3rem}\
    .name{color:#665}.button,button{display:inline-block;border:0;border-radius:.4rem;padding:.5rem .9rem;\
    background:#1c5d6b;color:#fff;font:inherit;text-decoration:none;cursor:pointer;margin:.2rem .4rem .2rem 0}\
    a{color:#174e5a}code{overflow-wrap:anywhere;background:#fff;padding:.1rem .3rem}form{display:inline}\
    form.sheet{display:block}label{display:block;margin:.6rem 0 0}\
    input,textarea{box-sizing:border-box;width:100%;padding:.4rem;font:inherit;border:1px solid #887}\
    @media(prefers-color-scheme:dark){body{background:#181b1c;color:#eee}.name{color:#bba}a{color:#8cc9d6}\
    code,input,textarea{background:#000;color:#eee}}";

/// Escapes text for HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
