import { mono, palette, sans } from "./theme";

/** Style of report pages: for reading on a screen, light or dark, and on paper. */
export const pageStyle = `${palette(":root")}
*{box-sizing:border-box}
html{scroll-padding-top:3.4rem}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 ${sans};font-variant-numeric:tabular-nums}
main{max-width:1180px;margin:0 auto;padding:0 1.5rem 4rem}
a{color:var(--v2g);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:1.75rem;line-height:1.2;margin:.1rem 0 .3rem}h2{font-size:1.25rem;margin:2.6rem 0 .8rem}
h3{font-size:1rem;margin:1.8rem 0 .4rem}h4{font-size:.9rem;font-weight:600;margin:.9rem 0 .3rem;color:var(--muted)}
p{margin:.4rem 0}.muted{color:var(--muted)}.small{font-size:12.5px}
code,pre{font-family:${mono};font-size:12.5px}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--rule)}
nav div{max-width:1180px;margin:0 auto;padding:.55rem 1.5rem;display:flex;gap:1.4rem;align-items:baseline;flex-wrap:wrap}
nav b{margin-right:auto}
.eyebrow{margin:2rem 0 0;color:var(--muted);font-size:12px;letter-spacing:.06em;text-transform:uppercase;font-weight:600}
.headline{font-size:1.15rem;margin:.2rem 0 1.1rem}
.bar{display:flex;height:14px;border-radius:7px;overflow:hidden;gap:2px;background:var(--panel)}
.bar span{min-width:4px}
.tiles{display:grid;grid-template-columns:repeat(7,1fr);gap:.6rem;margin:.8rem 0 1.6rem}
.tile{border:1px solid var(--rule);border-radius:8px;padding:.5rem .7rem .55rem;border-top:3px solid var(--c)}
.tile b{display:block;font-size:1.55rem;line-height:1.25}.tile.none{opacity:.5}
.tile span{color:var(--muted);font-size:12.5px}
.v{display:inline-block;padding:.05rem .5rem;border-radius:99px;font-size:12px;font-weight:600;white-space:nowrap;color:var(--c);border:1px solid var(--c)}
.v.v-fail,.v.v-error{background:var(--c);color:var(--paper)}
.v-pass{--c:var(--good)}.v-pass-tolerant{--c:var(--sdp)}.v-fail{--c:var(--bad)}.v-fail-perf{--c:var(--warn)}
.v-inconclusive{--c:var(--mme)}.v-error{--c:var(--stimulus)}.v-not-applicable,.v-not-covered{--c:var(--muted)}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600;color:var(--muted);font-size:12.5px}
td,th{padding:.35rem .7rem .35rem 0;vertical-align:top;border-bottom:1px solid var(--rule)}
td{overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:1fr 1fr;gap:0 2.5rem}
.facts th{width:9.5rem;white-space:nowrap}
.num{text-align:right;white-space:nowrap}.val{min-width:11rem}.kinds{margin-bottom:1.6rem;table-layout:fixed}
.card{border:1px solid var(--rule);border-left:4px solid var(--c);border-radius:8px;padding:.8rem 1.2rem 1rem;margin:.9rem 0;break-inside:avoid-page}
.card h3{margin:.1rem 0 .3rem;font-size:1.02rem}
.card .where{float:right;color:var(--muted);font-size:12.5px}
.card.brief{padding:.45rem 1.2rem;margin:.35rem 0}.card.brief[open]{padding-bottom:1rem}
.judged{margin:.6rem 0;background:var(--panel);border-radius:6px;padding:.5rem .8rem}
.judged dl{display:grid;grid-template-columns:6.2rem 1fr;gap:.12rem .6rem;margin:.3rem 0 0}
.judged dt{color:var(--muted)}.judged dd{margin:0;overflow-wrap:anywhere}
.measured{font-weight:600;color:var(--c)}
.cmd{display:block;background:var(--panel);border-radius:6px;padding:.4rem .7rem;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}
details>summary{cursor:pointer}.card>details{margin-top:.7rem}.card>details>summary{font-weight:600}
.s{border-bottom:1px solid var(--rule)}
.s>summary{display:flex;gap:.7rem;align-items:baseline;padding:.32rem 0;list-style:none}
.s>summary::-webkit-details-marker{display:none}
.s>summary::before{content:"▸";color:var(--muted);width:.8em;flex:none}.s[open]>summary::before{content:"▾"}
.s>summary .v{flex:none;min-width:7.2rem;text-align:center}
.s>summary .n{flex:1;min-width:0;overflow-wrap:anywhere}.s>summary .ids,.s>summary .d{color:var(--muted);font-size:12.5px}.s>summary .d{min-width:4.6rem;text-align:right}
.s>div{padding:.3rem 0 1.2rem 1.5rem}
.steps{list-style:none;padding:0;margin:.3rem 0 .8rem}.steps li{padding-left:1.4em;text-indent:-1.4em}
.steps li::before{display:inline-block;width:1.4em;text-indent:0;content:"✓";color:var(--good)}
.steps .failed::before{content:"✗";color:var(--bad)}.steps .skipped::before{content:"–";color:var(--muted)}.steps .undefined::before{content:"?";color:var(--stimulus)}
.steps table{width:auto;margin:.15rem 0 .4rem 1.4em;font-size:12.5px;text-indent:0}.steps td{padding:.12rem 1.4rem .12rem 0}
.steps .skipped{color:var(--muted)}
.ev{margin-top:.6rem}
.ev .tabs{display:flex;gap:.4rem;flex-wrap:wrap}
button{font:inherit;font-size:12.5px;color:var(--ink);background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:.2rem .7rem;cursor:pointer}
button[aria-pressed=true]{border-color:var(--v2g);color:var(--v2g);font-weight:600}
.ev .view{margin-top:.6rem;overflow-x:auto}.ev .view svg{max-width:100%;height:auto}
.ev pre{margin:0;background:var(--panel);border-radius:6px;padding:.7rem .9rem;max-height:32rem;overflow:auto;line-height:1.45}
.filter{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center;margin:.4rem 0 .8rem}
.filter input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:.3rem .7rem;width:22rem;max-width:100%}
.dots{display:flex;flex-wrap:wrap;gap:3px;padding-top:.25rem}
.dots a{width:12px;height:12px;border-radius:3px;background:var(--c);display:block}
.dots a.v-not-applicable{opacity:.45}
.id{white-space:nowrap}.matrix td:first-child,.matrix td.id{white-space:nowrap;font-weight:600}.matrix .gist small{color:var(--muted)}
.wide{overflow-x:auto}.wide>table{min-width:42rem}.wide svg{display:block;min-width:900px;max-width:100%;height:auto}
[hidden]{display:none!important}
@media (max-width:820px){.tiles{grid-template-columns:repeat(4,1fr)}.facts{grid-template-columns:1fr}.s>summary .ids{display:none}}
@media print{nav,.filter,.ev .tabs button[data-get],.noprint{display:none}main{max-width:none;padding:0}body{font-size:10.5pt}
a{color:inherit}.bar,.v,.dots a,.tile,.card{print-color-adjust:exact;-webkit-print-color-adjust:exact}.ev pre{max-height:none}}
`;
