import Drawing

/// How pages look beside their figures.
enum PageStyle {
  static let rules = """
    :root{color-scheme:light dark;\(variables(.light))}
    @media screen and (prefers-color-scheme:dark){:root{\(variables(.dark))}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--ground);color:var(--text);\
    font:16px/1.5 system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
    h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
    h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--grid)}
    p,ul{max-width:48rem}
    a{color:var(--link)}
    a:focus-visible,.scroll:focus-visible,input:focus-visible+label{outline:3px solid var(--link);\
    outline-offset:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{position:static}
    .verdict{font-size:1.25rem;line-height:1.4;max-width:48rem;border-left:.4rem solid var(--link);\
    padding:.25rem 0 .25rem 1rem;margin:1rem 0}
    .verdict-doubtful{border-color:var(--bad)}
    .quiet,.note{color:var(--quiet)}
    .note{font-size:.875rem;margin:.25rem 0 0}
    nav ul{list-style:none;padding:0;margin:1rem 0 0;max-width:none;display:flex;flex-wrap:wrap;\
    gap:.25rem 1.25rem}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;\
    margin:1rem 0;padding:0}
    .facts div{border:1px solid var(--grid);border-radius:.4rem;padding:.5rem .75rem}
    .facts dt{font-size:.875rem;color:var(--quiet)}
    .facts dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums}
    .facts dd small{display:block;font-size:.8rem;color:var(--quiet)}
    .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));\
    gap:1.5rem 1.25rem;align-items:start}
    figure{margin:0;min-width:0}
    figcaption{line-height:1.3;margin-bottom:.25rem;overflow-wrap:anywhere}
    figure svg{display:block;width:100%;max-width:30rem;height:auto}
    .scroll{overflow-x:auto;max-width:100%;margin:.5rem 0 1rem}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
    caption{text-align:left;font-weight:600;padding:.25rem 0}
    th,td{padding:.25rem .6rem;border-bottom:1px solid var(--grid);text-align:right}
    td{white-space:nowrap}
    th{font-weight:600}
    th:first-child{text-align:left}
    thead th{vertical-align:bottom;color:var(--quiet)}
    .matrix td{min-width:2.6rem;padding:.3rem .4rem;text-align:center;border:1px solid var(--ground)}
    .matrix tbody th{white-space:nowrap;max-width:22rem;overflow:hidden;text-overflow:ellipsis}
    .matrix .corner{color:var(--quiet);vertical-align:bottom;text-align:left;font-size:.8rem}
    .matrix td.zero{color:var(--quiet)}
    .matrix .right{box-shadow:inset 0 0 0 2px var(--quiet)}
    .matrix .upright span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;\
    max-height:15rem;overflow:hidden}
    .matrix .upright{text-align:center;vertical-align:bottom}
    \(shades)
    .finding{border-left:.3rem solid var(--grid);padding:.1rem 0 .1rem .75rem;margin:.75rem 0;\
    max-width:48rem}
    .finding-warning,.finding-error{border-color:var(--bad)}
    .finding b{text-transform:capitalize}
    .choice>input{position:absolute;opacity:0}
    .choice>label{display:inline-block;padding:.3rem .8rem;border:1px solid var(--grid);\
    border-radius:.4rem;margin:0 .4rem .5rem 0;cursor:pointer}
    .choice>input:checked+label{background:var(--text);color:var(--ground)}
    @media screen{.choice>.panel{display:none}\
    .choice>input:nth-of-type(1):checked~.panel-1,.choice>input:nth-of-type(2):checked~.panel-2,\
    .choice>input:nth-of-type(3):checked~.panel-3{display:block}}
    footer{margin-top:3rem;color:var(--quiet);font-size:.875rem}
    @media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11pt}nav,.skip,.choice>label{display:none}\
    figure,tr,.finding,.matrix{break-inside:avoid}table{font-size:8.5pt}h2{break-after:avoid}.scroll{overflow:visible}\
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """

  private static func variables(_ theme: Design.Theme) -> String {
    let (link, bad) = theme == .light ? ("#0a5fa8", "#b3261e") : ("#7cc0f5", "#ff8a80")
    let shades = Design.shades(theme).enumerated().map { index, color in
      let text =
        Design.invertsText(onShade: index, theme) ? Design.ground(theme) : Design.text(theme)
      return "--shade-\(index):\(color);--on-\(index):\(text);"
    }
    return "--ground:\(Design.ground(theme));--text:\(Design.text(theme));"
      + "--quiet:\(Design.quietText(theme));--grid:\(Design.grid(theme));--link:\(link);"
      + "--bad:\(bad);" + shades.joined()
  }

  private static let shades = (0...10).map { shade in
    ".matrix .shade-\(shade){background:var(--shade-\(shade));color:var(--on-\(shade))}"
  }.joined(separator: "\n")
}
