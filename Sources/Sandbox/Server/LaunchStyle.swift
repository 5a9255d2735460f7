/// How the page looks: one column, the same on a phone, light or dark as the reader's system is.
enum LaunchStyle {
    /// The style sheet.
    static let text = """
        :root{color-scheme:light dark;--ink:#1c2024;--soft:#5b6570;--line:#dde1e6;--page:#f6f7f9;--card:#fff;\
        --fill:#f2f5f9;--link:#0a58a8;--warn:#9a4a00}
        @media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--soft:#9aa4ae;--line:#333a42;--page:#14171a;\
        --card:#1b1f23;--fill:#242a31;--link:#7db8f0;--warn:#e0a458}}
        *{box-sizing:border-box}
        body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;margin:0 auto;max-width:46rem;\
        padding:1rem;color:var(--ink);background:var(--page);overflow-wrap:anywhere}
        h1{font-size:1.15rem;margin:0}h2{font-size:1rem;margin:0;flex:1 1 10rem}h3{font-size:.95rem;margin:0 0 .25rem}
        a{color:var(--link);text-underline-offset:.15em}nav a{margin-right:.9rem}
        .top{margin-bottom:1rem}.counts{margin:.15rem 0;color:var(--soft)}.warn,.why{color:var(--warn)}
        article{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.75rem .9rem;\
        margin:0 0 .75rem}
        article header{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}
        .number,time{color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums}
        .who{margin:.1rem 0 0;color:var(--soft)}.who b{color:var(--ink);font-weight:600}.why{margin:.5rem 0 0}
        .message{background:var(--fill);border-left:3px solid var(--link);border-radius:4px;padding:.6rem .75rem;\
        margin:.6rem 0 0}
        pre{font:inherit;margin:0;white-space:pre-wrap}
        dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.15rem .9rem;margin:.6rem 0 0;\
        font-size:.85rem}
        dt{color:var(--soft);max-width:16rem}dd{margin:0;white-space:pre-wrap}
        .unsent h2,.unsent .who b{color:var(--soft)}.rest,.empty{color:var(--soft)}
        @media(max-width:34rem){body{padding:.75rem}dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .35rem}}
        """
}
