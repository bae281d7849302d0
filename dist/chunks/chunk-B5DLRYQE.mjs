import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as v}from"./chunk-YAFFYKZP.mjs";import{b as ye,d as j}from"./chunk-YZVQRFE3.mjs";import{a as R,b as O}from"./chunk-FPDFNEBR.mjs";import{$ as ue,F as oe,I as se,J as ie,O as G,P as ae,Pa as we,S as T,U as D,X as le,_ as ce,b as ee,ga as de,ha as $,na as me,r as ne,s as C,z as re}from"./chunk-V7NEULRK.mjs";import{c as ge,f as he}from"./chunk-X26FLSEY.mjs";import{a as fe}from"./chunk-3X7RJXOF.mjs";import{a as pe}from"./chunk-X5HGMWTV.mjs";import{a as X,c as S,d as N,f as b,g as te}from"./chunk-MJ74S5HK.mjs";import{a as o,f as Q}from"./chunk-GLNHH4CJ.mjs";import{setTimeout as Ye}from"node:timers/promises";var sn={now:o(()=>new Date,"now"),sleep:o(e=>Ye(e),"sleep"),random:o(()=>Math.random(),"random")};function cn(e){if(!(e instanceof Error)||!("path"in e)||!("syscall"in e)||!("code"in e))return;let t=e.message.replace(/, \w+(?: '.*)?$/s,"");return`${String(e.path)}: cannot be read or written (${t}); see what stands there, and its permissions.`}o(cn,"systemRefusal");import{setFlagsFromString as Ze}from"node:v8";function fn(){Ze("--semi-space-growth-factor=1")}o(fn,"keepMemorySmall");var hn=["short","critical"];function yn(e){return({summary:t})=>{let n=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return n;case"critical":return n||t.critical>0;default:return e}}}o(yn,"failsOn");var Qe={bad:"31",warn:"33",good:"32",muted:"2",title:"1"};function M(e){return(t,n)=>e&&t!==""?`\x1B[${Qe[n]}m${t}\x1B[0m`:t}o(M,"painter");function be(e,t){let n=M(t.color),r=e.facts.map(({label:c,text:d,tone:m})=>`${c} ${n(d,m)}`),s=[n(e.name,"title"),`${n(e.headline,e.status==="short"?"bad":"good")} \xB7 ${e.checkedAt}`,...e.since===void 0?[]:[e.since],...et(r,t.columns)],i=pe({language:e.language,timezone:"UTC"}),a=o(c=>fe(i).more(i.quantity(c)),"more"),l=e.sections.map(c=>Xe(c,{...t,more:a}));return`${[s.join(`
`),...l].join(`

`)}
`}o(be,"renderView");function Xe(e,{columns:t,color:n,rows:r,more:s}){let i=M(n),a=r===void 0?e:ge(e,r),l=a.folded===0?[]:[`\u2026 ${s(a.folded)}`],c=a.rows.length===0?[]:[v(a,{width:t,paint:i})],d=a.lead===void 0?[]:j(a.lead,t),m=a.notes.flatMap(u=>j(u,t));return[i(a.title,"title"),...d,...c,...l,...m].map(u=>u.trimEnd()).join(`
`)}o(Xe,"renderSection");function et(e,t){let n=[];for(let r of e){let s=n.length===0?r:`${n.at(-1)} \xB7 ${r}`;n.length===0||ye(s)>t?n.push(r):n[n.length-1]=s}return n}o(et,"wrap");function $e(e,t){let n=`${e.requests} requests, ${e.retries} retries, ${(e.bytes/1024).toFixed(0)} KiB`,{server:r,calculation:s,mail:i,state:a}=t;return[`InvenTree: ${n}, ${_(r)}.`,`Calculation ${_(s)}, mail ${_(i)}, state ${_(a)}.`]}o($e,"budgetWords");function _(e){return`${(e/1e3).toFixed(1)} s`}o(_,"seconds");function*Nn(e,{options:t,spent:n}){for(let r of tt(e,t))yield`${r}
`;yield`${nt(e,t)}
${ct(e,n)}
`}o(Nn,"renderRun");function*tt({outcomes:e},t){for(let n of e)n.kind==="checked"&&(yield ot(n,t))}o(tt,"renderReports");function nt(e,{columns:t,color:n}){let r=M(n),s=e.outcomes.length===0?rt(e):v(st(e),{width:t,paint:r}).trimEnd(),i=e.read.problems.map(oe),a=e.forgotten.map(l=>`Forgotten: ${l}. Its file is gone, and with it what was remembered of it.`);return`${[s,...a,...i,...e.failures.map(l=>r(l,"bad"))].join(`
`)}
`}o(nt,"renderOverview");function rt({which:e,read:t}){if(t.broken.some(({file:n})=>n===$))return`${$} cannot be used: nothing was checked.`;switch(e.kind){case"due":return"Nothing is due.";case"all":return"No monitor is active.";case"monitors":return"Nothing was checked.";case"reaching":return"No list reaches these parts: nothing was checked.";default:return e}}o(rt,"nothingChecked");function ot({selected:e,checked:t,tellings:n,startedAt:r},s){let[i]=n.deliveries,a=he({report:t.report,monitor:e.monitor,at:r,alerts:t.alerts,episode:n.episode??e.state?.episode??null,...i===void 0?{}:{change:i.change}});return be(a,s)}o(ot,"reportText");function st({outcomes:e}){return{columns:[{title:"Monitor",align:"left",priority:1},{title:"Result",align:"left",priority:1},{title:"Short",align:"right",priority:1},{title:"To build",align:"right",priority:3},{title:"Told",align:"left",priority:2}],rows:e.map(t=>({cells:it(t)}))}}o(st,"overview");function it(e){let{id:t}=e.selected.monitor,n=at(e),r=O(e)===void 0?{}:{tone:"bad"};if(e.kind!=="checked")return[{text:t},{text:n,...r},{text:"\u2013"},{text:"\u2013"},{text:""}];let{short:s,to_build:i}=e.checked.report.summary,a=s>0?{tone:"bad"}:{};return[{text:t},{text:n,...r},{text:String(s),...a},{text:String(i)},{text:lt(e)}]}o(it,"overviewCells");function at(e){return e.kind==="checked"&&e.tellings.deliveries.some(n=>n.outcome.kind==="would_tell")?"checked":R(e).replace("_"," ")}o(at,"resultWord");function lt({tellings:e}){let t=e.deliveries.map(({channel:n,reason:r,outcome:s})=>s.kind==="would_tell"?`would be told by ${n} (${r})`:s.kind==="accepted"?`${n} (${r}): ${s.accepted.join(", ")}`:`${n}${we(s)}`);return t.length===0?"nothing to tell":t.join("; ")}o(lt,"toldWords");function ct({committed:e,outcomes:t,times:n},r){let s=e===null?"Nothing was committed.":`State: ${e.commit.slice(0,12)}.`;return t.length===0?s:`${$e(r,n).join(`
`)} ${s}`}o(ct,"closing");import{lstat as jt,mkdir as qt,readdir as Ut,readFile as Bt,realpath as Ke,rm as Jt,writeFile as zt}from"node:fs/promises";import{join as y,relative as Ht,sep as Kt}from"node:path";function ke({servers:e,variables:t,perServer:n}){return Se([...Te(e,n),...ut,...t.map(q)])}o(ke,"environmentText");function xe(e){return Se([...Te(e,!1),E("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}o(xe,"previewEnvironmentText");function Se(e){return e.map(([t,n])=>`          ${t}: \${{ ${n} }}
`).join("")}o(Se,"linesText");var ut=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(E),...["EMAIL_PASSWORD"].map(q),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(E)];function Te(e,t){let n=new Set(e.map(({tokenEnv:s})=>s));return[...new Set(e.flatMap(({urlEnv:s,tokenEnv:i})=>[s,i]))].map(s=>{let[,i]=n.has(s)?q(s):E(s),a=e.filter(({urlEnv:d,tokenEnv:m})=>d===s||m===s);if(!t||a.length===e.length)return[s,i];let l=a.map(({label:d})=>`matrix.instance == '${d}'`).join(" || "),c=a.length>1?`(${l})`:l;return[s,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}o(Te,"serverLines");function E(e){return[e,`vars.${e} || secrets.${e}`]}o(E,"either");function q(e){return[e,`secrets.${e}`]}o(q,"secret");var p=Q(ue(),1);var I=Q(ue(),1);function ve(e,t){return(0,I.visit)(e,{Scalar:o((n,r)=>{typeof r.value=="string"&&dt(r.value)&&(r.type=I.Scalar.QUOTE_DOUBLE)},"Scalar")}),S(e.toString(t))}o(ve,"safeYaml");function dt(e){return e.replaceAll(`
`,"").search(X)>=0}o(dt,"hasUnsafe");function f(e){return S((0,p.stringify)(e,{...P,defaultStringType:"QUOTE_DOUBLE"}).trimEnd())}o(f,"quoted");function k(e){return typeof e=="string"?Re(e):`[${e.map(Re).join(", ")}]`}o(k,"runnerText");function g(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:f(e.uses),n=Oe(e);return n===null?t:`${t} # ${n}`}o(g,"usesText");function A(e,t){if(e.length===0)return"";let n=new p.Document(e,P);for(let r of(0,p.isSeq)(n.contents)?n.contents.items:[]){let s=(0,p.isMap)(r)?r.get("uses",!0):void 0;if(!(0,p.isScalar)(s))continue;let i=T(String(s.value)),a=Oe(i);s.value=i.uses,s.type="PLAIN",s.comment=a===null?null:` ${a}`}return ve(n,P).replaceAll(/^(?=.)/gm," ".repeat(t))}o(A,"stepsText");var P={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function Oe({uses:e,version:t}){return t!==null?b(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}o(Oe,"usesComment");function Re(e){return/^[A-Za-z][\w.-]*$/.test(e)&&(0,p.stringify)(e,P).trimEnd()===e?e:f(e)}o(Re,"label");function Me({marker:e,workflow:t,pullRequest:n,servers:r}){let{checkout:s,action:i}=t;return`${e}
name: Partwatch pull request

on:
  pull_request:
    paths: ["monitors/**", "partwatch.yaml", ".github/workflows/partwatch*.yml"]

# Nothing is granted but what a job asks for.
permissions: {}

# Only the newest state of a pull request matters.
concurrency:
  group: partwatch-pull-request-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  validate:
    name: Validate the monitors
    runs-on: ${k(n.runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${g(s)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${g(i)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${g(i)}
        with:
          command: generate-check
${n.preview?mt(t,r):""}`}o(Me,"pullRequestWorkflowText");function mt(e,t){let{environment:n,stepsBefore:r}=e;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${f(ft(e))}
    runs-on: ${k(e.runsOn)}
${n===null?"":`    environment: ${f(n)}
`}    timeout-minutes: ${e.timeoutMinutes}
    permissions:
      contents: read # checks out the pull request, and reads what was told from the state branch
      pull-requests: write # writes what the change does into one comment
    steps:
      - name: Check out the pull request
        uses: ${g(e.checkout)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: it is compared with
${A(r,6)}      - name: Show what the change does
        uses: ${g(e.action)}
        with:
          command: preview
        env:
${xe(t)}`}o(mt,"previewJob");var U="github.event.pull_request.head.repo.full_name == github.repository";function ft({condition:e}){if(e===null)return U;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],n=(t??e).trim();return n.includes("${{")?U:`${U} && (${n})`}o(ft,"conditionOf");function _e({marker:e,triggers:t,config:n,needs:r,servers:s}){let{workflow:i,shards:a}=n,l={instance:s.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${wt(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${f(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${ht}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${pt(l)}
${gt(l,{servers:s,shards:a})}${$t(i)}    permissions:
      contents: write # commits what was told to the state branch
${r.issues?yt:""}    steps:
      - name: Check out the monitors
        uses: ${g(i.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${A(i.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${g(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${Ee(l).map(c=>`          ${c}: \${{ matrix.${c} }}
`).join("")}        env:
${ke({servers:s,variables:r.variables,perServer:l.instance})}`}o(_e,"runWorkflowText");function Ee({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}o(Ee,"axesOf");function pt(e){let t=Ee(e).map(n=>`\${{ matrix.${n} }}`);return t.length===0?"":` (${t.join(", ")})`}o(pt,"matrixName");function gt({instance:e,shard:t},{servers:n,shards:r}){if(!e&&!t)return"";let s=n.map(({label:a})=>f(a)).join(", "),i=le(r).map(f).join(", ");return["# Each job sees to its own monitors; one that fails stops none of the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${s}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}o(gt,"matrixText");var ht=`  workflow_dispatch:
    inputs:
      monitor:
        description: Id of the monitor to check, or several with commas between; empty for all that are due
        type: string
        default: ""
      force:
        description: Tell even if nothing changed
        type: boolean
        default: false
      dry_run:
        description: Send and remember nothing
        type: boolean
        default: false
  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`,yt=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function wt(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(bt).join("")}`}o(wt,"scheduleText");function bt({cron:e,zone:t,reasons:n}){let r=n.map(i=>`    # ${i}
`).join(""),s=t===null?"":`      timezone: ${f(t)}
`;return`${r}    - cron: ${f(e)}
${s}`}o(bt,"triggerText");function $t({condition:e,runsOn:t,environment:n,timeoutMinutes:r}){return[...e===null?[]:[`if: ${f(e)}`],`runs-on: ${k(t)}`,...n===null?[]:[`environment: ${f(n)}`],`timeout-minutes: ${r}`].map(s=>`    ${s}
`).join("")}o($t,"jobText");function J(e){let[t="",n="",r="",s="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=o(d=>a&&d.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[x(t,59),x(n,23),l(r)?B(e.daysOfMonth):x(r,31),Ie(s)?B(e.months):x(s,12),Ie(i)||c||l(i)?B(e.daysOfWeek):x(i,6)].join(" ")}o(J,"githubCron");function Ie(e){return/[a-z]/i.test(e)}o(Ie,"named");function x(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}o(x,"digits");function B(e){let t=e.filter(r=>!e.includes(r-1)),n=e.filter(r=>!e.includes(r+1));return t.map((r,s)=>r===n[s]?`${r}`:`${r}-${n[s]}`).join(",")}o(B,"ranges");var Pe=5*6e4,kt=20;function Ae({monitors:e,schedule:t}){let n=e.filter(a=>a.active).toSorted((a,l)=>Ne(a.file,l.file)),s=t.mode==="exact"&&t.target==="github"?xt(n):St(t),i=Tt(t);return{triggers:H([...s.triggers,...i.triggers]),problems:[...vt(t),...s.problems,...i.problems]}}o(Ae,"scheduleTriggers");function xt(e){let t=e.map(s=>({cron:J(C(s.cron_schedule)),zone:Rt(s.timezone),reasons:[`${b(s.file)}: ${te(b(s.name),80)}`]})),n=H(t).length,r=`The active monitors have ${n} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:H(t),problems:[...e.flatMap(s=>Fe({file:s.file,path:"cron_schedule",text:s.cron_schedule})),...n>kt?[Le("schedule.mode",r)]:[]]}}o(xt,"exactTriggers");function St({tick:e}){return We({path:"schedule.tick",text:e,reason:"The tick of all active monitors."})}o(St,"tickTriggers");function Tt({catchUp:e}){return e===null?{triggers:[],problems:[]}:We({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}o(Tt,"catchUpTriggers");function We({path:e,text:t,reason:n}){let r=ne(t);if(r.kind==="invalid"){let i=r.problems.map(a=>({file:z,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:J(r.cron),zone:null,reasons:[n]}],problems:Fe({file:z,path:e,text:t})}}o(We,"setTrigger");function Fe({file:e,path:t,text:n}){let r=[],s=C(n),i=ce(Pe,{cron:s,zone:"UTC",from:0});if(i!==void 0){let a=`"${s.text}" asks for starts ${G(i)} apart; GitHub takes that and never starts it. Leave at least ${G(Pe)}.`;r.push({file:e,path:t,message:a})}if(s.minutes.includes(0)){let a=s.minutes.length===1?`write ${s.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${s.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;r.push({file:e,path:t,message:l,severity:"warning"})}return r}o(Fe,"cronProblems");function vt({mode:e,target:t}){return t==="github"||e==="tick"?[]:[Le("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}o(vt,"modeProblems");var z="partwatch.yaml";function Le(e,t){return{file:z,path:e,message:t,severity:"warning"}}o(Le,"configWarning");function Rt(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}o(Rt,"githubZone");function H(e){return[...Map.groupBy(e,({cron:n,zone:r})=>`${r??""} ${n}`)].toSorted(([n],[r])=>Ne(n,r)).flatMap(([,[n,...r]])=>n===void 0?[]:[{...n,reasons:[n,...r].flatMap(({reasons:s})=>s)}])}o(H,"merge");function Ne(e,t){return e<t?-1:e>t?1:0}o(Ne,"compare");function Ce({action:e,actionFrom:t,checkout:n,stepsBefore:r}){let i=`is not set, so the workflows run ${t==="program"?"the commit of this Partwatch":"the release that this Partwatch knows"} (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t==="file"?[]:[W("workflow.action",i)],...K("workflow.action",e),...K("workflow.checkout",n),...r.flatMap((a,l)=>Ot(`workflow.steps_before[${l}]`,a))]}o(Ce,"stepProblems");function Ot(e,t){return t.uses===void 0==(t.run===void 0)?[{file:V,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:K(`${e}.uses`,T(t.uses)),...Mt(e,t)]}o(Ot,"ownStepProblems");function K(e,{uses:t,version:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let r=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(r===void 0){let s=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:V,path:e,message:s}]}if(!/^[0-9a-f]{40}$/.test(r)){let s=`"${t.slice(0,-r.length)}<commit SHA> # ${r}"`;return[W(e,`"${t}" can change under your feet; pin it by commit: ${s}.`)]}return n!==null?[]:[W(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}o(K,"referenceProblems");function Mt(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:ee(t.with,"script")}].flatMap(({at:r,text:s})=>{let[i]=typeof s=="string"?_t(s):[];if(i===void 0)return[];let a=`${i} may be anybody's words, and becomes part of the script: what stands there is run. Hand it over in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[W(r,a)]})}o(Mt,"scriptProblems");function _t(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([r,s=""])=>{let i=s.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[r.replace(/\s+/g," ")]:[]})}o(_t,"foreignExpressions");var V="partwatch.yaml";function W(e,t){return{file:V,path:e,message:t,severity:"warning"}}o(W,"warning");var h=".github/workflows",Ge="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",Et="# Written by `partwatch generate`";function De({monitors:e,config:t}){let{triggers:n,problems:r}=Ae({monitors:e,schedule:t.schedule}),s=ae([t.monitorDefaults,...e].flatMap(({channels:u=[]})=>u)),i=e.map(({instance:u})=>u??t.monitorDefaults.instance),a=se(t.instances,i),{workflow:l}=t,{pullRequest:c}=l,d=new Map;if(c!==null){let u=Me({marker:Ge,workflow:l,pullRequest:c,servers:a});d.set(`${h}/partwatch-pull-request.yml`,u)}d.set(`${h}/partwatch.yml`,_e({marker:Ge,triggers:n,config:t,needs:s,servers:a}));let m=a.length*t.shards;return{files:d,problems:[...r,...Ce(t.workflow),...It(m)]}}o(De,"workflowFiles");function It(e){if(e<=D)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${D} of a matrix.`;return[{file:Pt,path:"shards",message:t}]}o(It,"matrixProblems");function je(e){return e.replace(/^\uFEFF/,"").startsWith(Et)}o(je,"isGenerated");var Pt="partwatch.yaml";import{execFile as At}from"node:child_process";import{mkdir as qe,writeFile as Wt}from"node:fs/promises";import{dirname as Be,join as F}from"node:path";import{promisify as Ft}from"node:util";async function Je({path:e,before:t,after:n}){return me("diff",async r=>(await Ue(F(r,"a"),e,t),await Ue(F(r,"b"),e,n),Lt(r)))}o(Je,"fileDiff");async function Ue(e,t,n){await qe(e,{recursive:!0}),n!==null&&(await qe(Be(F(e,t)),{recursive:!0}),await Wt(F(e,t),n))}o(Ue,"put");async function Lt(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],n=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],r={...re(process.env),GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1"},s={GIT_CEILING_DIRECTORIES:Be(e)};try{return await Ft(At)("git",[...t,...n,"a","b"],{cwd:e,env:{...r,...s}}),""}catch(i){let{code:a,stdout:l}=Nt(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}o(Lt,"gitDiff");function Nt(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}o(Nt,"failed");import{existsSync as Ct}from"node:fs";import{join as Gt}from"node:path";function L({monitors:e,config:t,problems:n=[],locate:r=o(s=>s,"locate")}){let{files:s,problems:i}=De({monitors:e,config:t}),l=n.some(c=>c.file===$&&ze(c))?i.filter(c=>ze(c)):i;return{files:s,problems:l.map(c=>({...r(c),message:ie(c.message)}))}}o(L,"workflowsOf");function He(e){return Ct(Gt(e,h,Dt))}o(He,"hasWorkflow");var Dt="partwatch.yml";function ze({severity:e}){return e!=="warning"}o(ze,"isError");async function Kr(e){let{root:t,check:n}=e,{files:r,problems:s}=L(e),i=await Vt(t,[...r.keys()]),a=[...e.problems??[],...s,...i.problems];if(a.some(({severity:u})=>u!=="warning"))return{written:[],removed:[],diffs:new Map,texts:new Map,problems:a};let l=[...r].filter(([u,w])=>i.texts.get(u)!==w),c=[...i.texts.keys()].filter(u=>!r.has(u)),d=[...l,...c.map(u=>[u,null])],m=new Map;for(let[u,w]of d)m.set(u,await Je({path:u,before:i.texts.get(u)??null,after:w}));return n||await Qt(t,d),{written:l.map(([u])=>u),removed:c,diffs:m,texts:new Map(d),problems:a}}o(Kr,"generate");async function Vt(e,t){let n=await Zt(e);if(n!==null)return{texts:new Map,problems:[n]};let s=(await Ut(y(e,h),{withFileTypes:!0}).catch(Y([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of s){let c=`${h}/${l.name}`,d=l.isFile()?await Bt(y(e,c),"utf8"):"";je(d)?i.set(c,d.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:Yt})}return{texts:i,problems:a}}o(Vt,"readWorkflows");var Yt="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function Zt(e){for(let t of[".github",h]){let n=await jt(y(e,t)).catch(Y(null));if(n===null)return null;let r=await Ke(y(e,t)).catch(Y("")),s=Ht(await Ke(e),r);if(!n.isDirectory()||s!==t.replaceAll("/",Kt))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}o(Zt,"escapeProblem");function Y(e){return t=>{if(t.code==="ENOENT")return e;throw t}}o(Y,"ifMissing");async function Qt(e,t){t.length>0&&await qt(y(e,h),{recursive:!0});for(let[n,r]of t)r===null?await Jt(y(e,n)):await zt(y(e,n),r)}o(Qt,"apply");function Xr(e,t){return{monitors:e.outcomes.map(Xt),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t,times:e.times}}o(Xr,"runJson");function*eo(e){let{monitors:t,...n}=e;yield`{
  "monitors": [`;for(let[r,s]of t.entries()){let i=N(s,2).replaceAll(`
`,`
    `);yield`${r===0?"":","}
    ${i}`}yield t.length===0?"],":`
  ],`,yield`${N(n,2).slice(1)}
`}o(eo,"runJsonText");function Xt(e){let{monitor:t,reason:n}=e.selected,r=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:R(e),reason:n,error:O(e)??null,hash:r?.checked.hash??null,told:r?.tellings.deliveries.map(en)??[],report:r?.checked.report??null}}o(Xt,"monitorJson");function en({channel:e,reason:t,outcome:n}){let r={ref:null,accepted:[],pending:[],refused:[],error:null};switch(n.kind){case"would_tell":case"elsewhere":case"waiting":case"gave_up":case"not_claimed":case"not_begun":return{channel:e,reason:t,outcome:n.kind,...r};case"unknown":return{channel:e,reason:t,outcome:"unknown",...r,error:n.failure};case"failed":return{channel:e,reason:t,outcome:"failed",...r,refused:Z(n.refused),error:n.failure};case"accepted":{let{told:s,accepted:i,pending:a,refused:l}=n;return{channel:e,reason:t,outcome:"accepted",ref:s.ref,accepted:i,pending:Z(a),refused:Z(l),error:null}}default:return n}}o(en,"toldJson");function Z(e){return e.map(({address:t})=>t)}o(Z,"addresses");var tn=["SIGTERM","SIGINT"];function ro(){let e=new AbortController;for(let t of tn){let n=!1;process.on(t,()=>{n&&process.exit(t==="SIGINT"?130:143),n=!0,e.abort(`The run was asked to end (${t}).`)})}return e.signal}o(ro,"endOnSignal");function oo(){setTimeout(()=>process.exit(),2e3).unref()}o(oo,"endSoon");function co(e){let{root:t,read:n,renames:r}=e,s=n.namesWorkflows||He(t)?L(n).problems:[],i=new Set(n.monitors.map(l=>l.id.toLowerCase())),a=r.flatMap(({from:l,to:c,before:d})=>{let m=n.monitors.find(Ve=>Ve.file===c),{id:u}=de({file:l,text:d,config:n.config,now:nn});if(m===void 0||u===void 0||m.id!==rn(c)||i.has(u.toLowerCase()))return[];let w=`was ${l}; as monitor ${m.id} it starts anew, with a first mail. To go on as before, add \`id: ${u}\`.`;return[{file:c,line:1,column:1,path:"id",message:w,severity:"warning"}]});return[...n.problems,...s,...a]}o(co,"validate");var nn=new Date(0);function rn(e){return e.slice(e.lastIndexOf("/")+1).replace(/\.ya?ml$/i,"")}o(rn,"stem");export{sn as a,cn as b,M as c,be as d,hn as e,yn as f,Nn as g,tt as h,nt as i,rt as j,ve as k,He as l,Kr as m,Xr as n,eo as o,ro as p,oo as q,co as r,fn as s};
