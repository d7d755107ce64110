/** The look of every page that the guard shows in a browser; also the text that the pages' policy allows by its hash. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d1c1d;--soft:#5c5b5e;--paper:#f6f5f3;--card:#fff;--line:#dddad5;--accent:#0b5cad;--good:#00694f;--bad:#a8123f;--code:#f3f1ed}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#a9a8ad;--paper:#161719;--card:#202124;--line:#3a3b3f;--accent:#7ab7ff;--good:#0b7d5f;--bad:#c22a58;--code:#18191b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:2rem auto;padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
@media (max-width:46rem){main{margin:0;border:0;border-radius:0;min-height:100vh;padding:1.25rem}}
.product{margin:0 0 1rem;color:var(--soft);font-size:.85rem;font-weight:600;letter-spacing:.02em}
h1{margin:0 0 1rem;font-size:1.4rem;line-height:1.3}
h2{margin:1.75rem 0 .5rem;font-size:1.05rem}
p{margin:.5rem 0}
a{color:var(--accent)}
dl{display:grid;grid-template-columns:minmax(6.5rem,max-content) 1fr;gap:.3rem 1rem;margin:0}
dt{color:var(--soft)}
dd{margin:0}
@media (max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}}
ul{margin:0;padding:0;list-style:none}
li.finding{padding:.6rem .8rem;margin:.5rem 0;border-left:4px solid var(--bad);background:var(--code);border-radius:0 8px 8px 0}
code,pre{font:.88rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:0;padding:.8rem;background:var(--code);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap;max-height:26rem;overflow:auto}
.note{color:var(--soft);font-size:.9rem}
.outcome{padding:.8rem 1rem;margin:1rem 0;border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:8px}
label{display:block;margin:1.25rem 0 .3rem;font-weight:600}
input{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:8px}
button,.button{display:inline-block;margin-top:1rem;padding:.75rem 1.5rem;font:inherit;font-weight:650;color:#fff;background:var(--good);border:0;border-radius:8px;cursor:pointer;text-decoration:none}
button.deny{background:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;
