import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as R}from"./chunk-3Z2KDRVI.mjs";import{a as ce,c as C}from"./chunk-QZU7LAJW.mjs";import{a as v,b as O}from"./chunk-33JIKQ2G.mjs";import{E as L,F as te,H as T,J as N,M as ne,P as re,Q as De,X as oe,Y as $,j as Y,k as F,r as Z,v as Q,y as X,z as ee}from"./chunk-ALE4D2KX.mjs";import{c as ae,e as le}from"./chunk-4CZ6WDQL.mjs";import{a as se}from"./chunk-M3Z4ATLR.mjs";import{a as ie}from"./chunk-EHQNVBFE.mjs";import{a as b,b as V}from"./chunk-WLFHRXN6.mjs";import{a as s,f as je}from"./chunk-GLNHH4CJ.mjs";function Qt(e){if(!(e instanceof Error)||!("path"in e)||!("syscall"in e)||!("code"in e))return;let t=e.message.replace(/, \w+(?: '.*)?$/s,"");return`${String(e.path)}: cannot be read or written (${t}); see what stands there, and its permissions.`}s(Qt,"systemRefusal");import{setFlagsFromString as qe}from"node:v8";function nn(){qe("--semi-space-growth-factor=1")}s(nn,"keepMemorySmall");var sn=["short","critical"];function an(e){return({summary:t})=>{let n=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return n;case"critical":return n||t.critical>0;default:return e}}}s(an,"failsOn");var Je={bad:"31",warn:"33",good:"32",muted:"2",title:"1"};function M(e){return(t,n)=>e&&t!==""?`\x1B[${Je[n]}m${t}\x1B[0m`:t}s(M,"painter");function de(e,t){let n=M(t.color),r=e.facts.map(({label:c,text:u,tone:m})=>`${c} ${n(u,m)}`),o=[n(e.name,"title"),`${n(e.headline,e.status==="short"?"bad":"good")} \xB7 ${e.checkedAt}`,...e.since===void 0?[]:[e.since],...Ue(r,t.columns)],i=ie({language:e.language,timezone:"UTC"}),a=s(c=>se(i).more(i.quantity(c)),"more"),l=e.sections.map(c=>Be(c,{...t,more:a}));return`${[o.join(`
`),...l].join(`

`)}
`}s(de,"renderView");function Be(e,{columns:t,color:n,rows:r,more:o}){let i=M(n),a=r===void 0?e:ae(e,r),l=a.folded===0?[]:[`\u2026 ${o(a.folded)}`],c=a.rows.length===0?[]:[R(a,{width:t,paint:i})],u=a.lead===void 0?[]:C(a.lead,t),m=a.notes.flatMap(d=>C(d,t));return[i(a.title,"title"),...u,...c,...l,...m].map(d=>d.trimEnd()).join(`
`)}s(Be,"renderSection");function Ue(e,t){let n=[];for(let r of e){let o=n.length===0?r:`${n.at(-1)} \xB7 ${r}`;n.length===0||ze(o)>t?n.push(r):n[n.length-1]=o}return n}s(Ue,"wrap");function ze(e){return ce(e.replace(/\u001b\[\d+m/g,""))}s(ze,"visibleLength");function ue(e,t){let n=`${e.requests} requests, ${e.retries} retries, ${(e.bytes/1024).toFixed(0)} KiB`,{server:r,calculation:o,mail:i,state:a}=t;return[`InvenTree: ${n}, ${_(r)}.`,`Calculation ${_(o)}, mail ${_(i)}, state ${_(a)}.`]}s(ue,"budgetWords");function _(e){return`${(e/1e3).toFixed(1)} s`}s(_,"seconds");function*vn(e,{options:t,spent:n}){for(let r of He(e,t))yield`${r}
`;yield`${Ke(e,t)}
${tt(e,n)}
`}s(vn,"renderRun");function*He({outcomes:e},t){for(let n of e)n.kind==="checked"&&(yield Ye(n,t))}s(He,"renderReports");function Ke(e,{columns:t,color:n}){let r=M(n),o=e.outcomes.length===0?Ve(e):R(Ze(e),{width:t,paint:r}).trimEnd(),i=e.read.problems.map(Q);return`${[o,...i,...e.failures.map(a=>r(a,"bad"))].join(`
`)}
`}s(Ke,"renderOverview");function Ve({which:e,read:t}){if(t.broken.some(({file:n})=>n===$))return`${$} cannot be used: nothing was checked.`;switch(e.kind){case"due":return"Nothing is due.";case"all":return"No monitor is active.";case"monitors":return"Nothing was checked.";case"reaching":return"No list reaches these parts: nothing was checked.";default:return e}}s(Ve,"nothingChecked");function Ye({selected:e,checked:t,tellings:n,startedAt:r},o){let[i]=n.deliveries,a=le({report:t.report,monitor:e.monitor,at:r,alerts:t.alerts,episode:n.episode??e.state?.episode??null,...i===void 0?{}:{change:i.change}});return de(a,o)}s(Ye,"reportText");function Ze({outcomes:e}){return{columns:[{title:"Monitor",align:"left",priority:1},{title:"Result",align:"left",priority:1},{title:"Short",align:"right",priority:1},{title:"To build",align:"right",priority:3},{title:"Told",align:"left",priority:2}],rows:e.map(t=>({cells:Qe(t)}))}}s(Ze,"overview");function Qe(e){let{id:t}=e.selected.monitor,n=Xe(e),r=O(e)===void 0?{}:{tone:"bad"};if(e.kind!=="checked")return[{text:t},{text:n,...r},{text:"\u2013"},{text:"\u2013"},{text:""}];let{short:o,to_build:i}=e.checked.report.summary,a=o>0?{tone:"bad"}:{};return[{text:t},{text:n,...r},{text:String(o),...a},{text:String(i)},{text:et(e)}]}s(Qe,"overviewCells");function Xe(e){return e.kind==="checked"&&e.tellings.deliveries.some(n=>n.outcome.kind==="would_tell")?"checked":v(e).replace("_"," ")}s(Xe,"resultWord");function et({tellings:e}){let t=e.deliveries.map(({channel:n,reason:r,outcome:o})=>o.kind==="would_tell"?`would be told by ${n} (${r})`:o.kind==="failed"?`${n} failed`:`${n} (${r}): ${o.accepted.join(", ")}`);return t.length===0?"nothing to tell":t.join("; ")}s(et,"toldWords");function tt({committed:e,outcomes:t,times:n},r){let o=e===null?"Nothing was committed.":`State: ${e.commit.slice(0,12)}.`;return t.length===0?o:`${ue(r,n).join(`
`)} ${o}`}s(tt,"closing");import{lstat as Lt,mkdir as Nt,readdir as Ct,readFile as Gt,realpath as Ce,rm as jt,writeFile as Dt}from"node:fs/promises";import{join as y,relative as qt,sep as Jt}from"node:path";function me({servers:e,variables:t,perServer:n}){return pe([...ge(e,n),...nt,...t.map(G)])}s(me,"environmentText");function fe(e){return pe([...ge(e,!1),P("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(fe,"previewEnvironmentText");function pe(e){return e.map(([t,n])=>`          ${t}: \${{ ${n} }}
`).join("")}s(pe,"linesText");var nt=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(P),...["EMAIL_PASSWORD"].map(G),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(P)];function ge(e,t){let n=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=n.has(o)?G(o):P(o),a=e.filter(({urlEnv:u,tokenEnv:m})=>u===o||m===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:u})=>`matrix.instance == '${u}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(ge,"serverLines");function P(e){return[e,`vars.${e} || secrets.${e}`]}s(P,"either");function G(e){return[e,`secrets.${e}`]}s(G,"secret");var p=je(De(),1);function f(e){return(0,p.stringify)(e,{...E,defaultStringType:"QUOTE_DOUBLE"}).trimEnd()}s(f,"quoted");function k(e){return typeof e=="string"?he(e):`[${e.map(he).join(", ")}]`}s(k,"runnerText");function g(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:f(e.uses),n=ye(e);return n===null?t:`${t} # ${n}`}s(g,"usesText");function I(e,t){if(e.length===0)return"";let n=new p.Document(e,E);for(let r of(0,p.isSeq)(n.contents)?n.contents.items:[]){let o=(0,p.isMap)(r)?r.get("uses",!0):void 0;if(!(0,p.isScalar)(o))continue;let i=T(String(o.value)),a=ye(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return n.toString(E).replaceAll(/^(?=.)/gm," ".repeat(t))}s(I,"stepsText");var E={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function ye({uses:e,version:t}){return t!==null?b(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(ye,"usesComment");function he(e){return/^[A-Za-z][\w.-]*$/.test(e)&&(0,p.stringify)(e,E).trimEnd()===e?e:f(e)}s(he,"label");function we({marker:e,workflow:t,pullRequest:n,servers:r}){let{checkout:o,action:i}=t;return`${e}
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
        uses: ${g(o)}
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
${n.preview?rt(t,r):""}`}s(we,"pullRequestWorkflowText");function rt(e,t){let{environment:n,stepsBefore:r}=e;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${f(ot(e))}
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
${I(r,6)}      - name: Show what the change does
        uses: ${g(e.action)}
        with:
          command: preview
        env:
${fe(t)}`}s(rt,"previewJob");var j="github.event.pull_request.head.repo.full_name == github.repository";function ot({condition:e}){if(e===null)return j;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],n=(t??e).trim();return n.includes("${{")?j:`${j} && (${n})`}s(ot,"conditionOf");function be({marker:e,triggers:t,config:n,needs:r,servers:o}){let{workflow:i,shards:a}=n,l={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${ct(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${f(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${at}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${st(l)}
${it(l,{servers:o,shards:a})}${ut(i)}    permissions:
      contents: write # commits what was told to the state branch
${r.issues?lt:""}    steps:
      - name: Check out the monitors
        uses: ${g(i.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${I(i.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${g(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${$e(l).map(c=>`          ${c}: \${{ matrix.${c} }}
`).join("")}        env:
${me({servers:o,variables:r.variables,perServer:l.instance})}`}s(be,"runWorkflowText");function $e({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s($e,"axesOf");function st(e){let t=$e(e).map(n=>`\${{ matrix.${n} }}`);return t.length===0?"":` (${t.join(", ")})`}s(st,"matrixName");function it({instance:e,shard:t},{servers:n,shards:r}){if(!e&&!t)return"";let o=n.map(({label:a})=>f(a)).join(", "),i=ne(r).map(f).join(", ");return["# Each job sees to its own monitors; one that fails stops none of the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(it,"matrixText");var at=`  workflow_dispatch:
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
`,lt=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function ct(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(dt).join("")}`}s(ct,"scheduleText");function dt({cron:e,zone:t,reasons:n}){let r=n.map(i=>`    # ${i}
`).join(""),o=t===null?"":`      timezone: ${f(t)}
`;return`${r}    - cron: ${f(e)}
${o}`}s(dt,"triggerText");function ut({condition:e,runsOn:t,environment:n,timeoutMinutes:r}){return[...e===null?[]:[`if: ${f(e)}`],`runs-on: ${k(t)}`,...n===null?[]:[`environment: ${f(n)}`],`timeout-minutes: ${r}`].map(o=>`    ${o}
`).join("")}s(ut,"jobText");function q(e){let[t="",n="",r="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(u=>a&&u.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[x(t,59),x(n,23),l(r)?D(e.daysOfMonth):x(r,31),ke(o)?D(e.months):x(o,12),ke(i)||c||l(i)?D(e.daysOfWeek):x(i,6)].join(" ")}s(q,"githubCron");function ke(e){return/[a-z]/i.test(e)}s(ke,"named");function x(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(x,"digits");function D(e){let t=e.filter(r=>!e.includes(r-1)),n=e.filter(r=>!e.includes(r+1));return t.map((r,o)=>r===n[o]?`${r}`:`${r}-${n[o]}`).join(",")}s(D,"ranges");var xe=5*6e4,mt=20;function Se({monitors:e,schedule:t}){let n=e.filter(a=>a.active).toSorted((a,l)=>Oe(a.file,l.file)),o=t.mode==="exact"&&t.target==="github"?ft(n):pt(t),i=gt(t);return{triggers:B([...o.triggers,...i.triggers]),problems:[...ht(t),...o.problems,...i.problems]}}s(Se,"scheduleTriggers");function ft(e){let t=e.map(o=>({cron:q(F(o.cron_schedule)),zone:yt(o.timezone),reasons:[`${b(o.file)}: ${V(b(o.name),80)}`]})),n=B(t).length,r=`The active monitors have ${n} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:B(t),problems:[...e.flatMap(o=>Re({file:o.file,path:"cron_schedule",text:o.cron_schedule})),...n>mt?[ve("schedule.mode",r)]:[]]}}s(ft,"exactTriggers");function pt({tick:e}){return Te({path:"schedule.tick",text:e,reason:"The tick of all active monitors."})}s(pt,"tickTriggers");function gt({catchUp:e}){return e===null?{triggers:[],problems:[]}:Te({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}s(gt,"catchUpTriggers");function Te({path:e,text:t,reason:n}){let r=Y(t);if(r.kind==="invalid"){let i=r.problems.map(a=>({file:J,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:q(r.cron),zone:null,reasons:[n]}],problems:Re({file:J,path:e,text:t})}}s(Te,"setTrigger");function Re({file:e,path:t,text:n}){let r=[],o=F(n),i=re(xe,{cron:o,zone:"UTC",from:0});if(i!==void 0){let a=`"${o.text}" asks for starts ${L(i)} apart; GitHub takes that and never starts it. Leave at least ${L(xe)}.`;r.push({file:e,path:t,message:a})}if(o.minutes.includes(0)){let a=o.minutes.length===1?`write ${o.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${o.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;r.push({file:e,path:t,message:l,severity:"warning"})}return r}s(Re,"cronProblems");function ht({mode:e,target:t}){return t==="github"||e==="tick"?[]:[ve("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(ht,"modeProblems");var J="partwatch.yaml";function ve(e,t){return{file:J,path:e,message:t,severity:"warning"}}s(ve,"configWarning");function yt(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(yt,"githubZone");function B(e){return[...Map.groupBy(e,({cron:n,zone:r})=>`${r??""} ${n}`)].toSorted(([n],[r])=>Oe(n,r)).flatMap(([,[n,...r]])=>n===void 0?[]:[{...n,reasons:[n,...r].flatMap(({reasons:o})=>o)}])}s(B,"merge");function Oe(e,t){return e<t?-1:e>t?1:0}s(Oe,"compare");function Me({action:e,actionIsNamed:t,checkout:n,stepsBefore:r}){let o=`is not set, so the workflows run the release that this version of Partwatch knows (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t?[]:[W("workflow.action",o)],...U("workflow.action",e),...U("workflow.checkout",n),...r.flatMap((i,a)=>wt(`workflow.steps_before[${a}]`,i))]}s(Me,"stepProblems");function wt(e,t){return t.uses===void 0==(t.run===void 0)?[{file:z,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:U(`${e}.uses`,T(t.uses)),...bt(e,t)]}s(wt,"ownStepProblems");function U(e,{uses:t,version:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let r=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(r===void 0){let o=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:z,path:e,message:o}]}if(!/^[0-9a-f]{40}$/.test(r)){let o=`"${t.slice(0,-r.length)}<commit SHA> # ${r}"`;return[W(e,`"${t}" can change under your feet; pin it by commit: ${o}.`)]}return n!==null?[]:[W(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}s(U,"referenceProblems");function bt(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:kt(t.with,"script")}].flatMap(({at:r,text:o})=>{let[i]=typeof o=="string"?$t(o):[];if(i===void 0)return[];let a=`${i} may be anybody's words, and becomes part of the script: what stands there is run. Hand it over in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[W(r,a)]})}s(bt,"scriptProblems");function $t(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([r,o=""])=>{let i=o.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[r.replace(/\s+/g," ")]:[]})}s($t,"foreignExpressions");function kt(e,t){return typeof e=="object"&&e!==null?Reflect.get(e,t):void 0}s(kt,"fieldOf");var z="partwatch.yaml";function W(e,t){return{file:z,path:e,message:t,severity:"warning"}}s(W,"warning");var h=".github/workflows",_e="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",xt="# Written by `partwatch generate`";function Pe({monitors:e,config:t}){let{triggers:n,problems:r}=Se({monitors:e,schedule:t.schedule}),o=te([t.monitorDefaults,...e].flatMap(({channels:d=[]})=>d)),i=e.map(({instance:d})=>d??t.monitorDefaults.instance),a=X(t.instances,i),{workflow:l}=t,{pullRequest:c}=l,u=new Map;if(c!==null){let d=we({marker:_e,workflow:l,pullRequest:c,servers:a});u.set(`${h}/partwatch-pull-request.yml`,d)}u.set(`${h}/partwatch.yml`,be({marker:_e,triggers:n,config:t,needs:o,servers:a}));let m=a.length*t.shards;return{files:u,problems:[...r,...Me(t.workflow),...St(m)]}}s(Pe,"workflowFiles");function St(e){if(e<=N)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${N} of a matrix.`;return[{file:Tt,path:"shards",message:t}]}s(St,"matrixProblems");function Ee(e){return e.replace(/^\uFEFF/,"").startsWith(xt)}s(Ee,"isGenerated");var Tt="partwatch.yaml";import{execFile as Rt}from"node:child_process";import{mkdir as Ie,mkdtemp as vt,rm as Ot,writeFile as Mt}from"node:fs/promises";import{tmpdir as _t}from"node:os";import{dirname as Ae,join as S}from"node:path";import{promisify as Pt}from"node:util";async function Fe({path:e,before:t,after:n}){let r=await vt(S(_t(),"partwatch-diff-"));try{return await We(S(r,"a"),e,t),await We(S(r,"b"),e,n),await Et(r)}finally{await Ot(r,{recursive:!0,force:!0})}}s(Fe,"fileDiff");async function We(e,t,n){await Ie(e,{recursive:!0}),n!==null&&(await Ie(Ae(S(e,t)),{recursive:!0}),await Mt(S(e,t),n))}s(We,"put");async function Et(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],n=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],r={...Z(process.env),GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1"},o={GIT_CEILING_DIRECTORIES:Ae(e)};try{return await Pt(Rt)("git",[...t,...n,"a","b"],{cwd:e,env:{...r,...o}}),""}catch(i){let{code:a,stdout:l}=It(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}s(Et,"gitDiff");function It(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}s(It,"failed");import{existsSync as Wt}from"node:fs";import{join as At}from"node:path";function A({monitors:e,config:t,problems:n=[],locate:r=s(o=>o,"locate")}){let{files:o,problems:i}=Pe({monitors:e,config:t}),l=n.some(c=>c.file===$&&Le(c))?i.filter(c=>Le(c)):i;return{files:o,problems:l.map(c=>({...r(c),message:ee(c.message)}))}}s(A,"workflowsOf");function Ne(e){return Wt(At(e,h,Ft))}s(Ne,"hasWorkflow");var Ft="partwatch.yml";function Le({severity:e}){return e!=="warning"}s(Le,"isError");async function Er(e){let{root:t,check:n}=e,{files:r,problems:o}=A(e),i=await Bt(t,[...r.keys()]),a=[...e.problems??[],...o,...i.problems];if(a.some(({severity:d})=>d!=="warning"))return{written:[],removed:[],diffs:new Map,texts:new Map,problems:a};let l=[...r].filter(([d,w])=>i.texts.get(d)!==w),c=[...i.texts.keys()].filter(d=>!r.has(d)),u=[...l,...c.map(d=>[d,null])],m=new Map;for(let[d,w]of u)m.set(d,await Fe({path:d,before:i.texts.get(d)??null,after:w}));return n||await Ht(t,u),{written:l.map(([d])=>d),removed:c,diffs:m,texts:new Map(u),problems:a}}s(Er,"generate");async function Bt(e,t){let n=await zt(e);if(n!==null)return{texts:new Map,problems:[n]};let o=(await Ct(y(e,h),{withFileTypes:!0}).catch(H([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of o){let c=`${h}/${l.name}`,u=l.isFile()?await Gt(y(e,c),"utf8"):"";Ee(u)?i.set(c,u.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:Ut})}return{texts:i,problems:a}}s(Bt,"readWorkflows");var Ut="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function zt(e){for(let t of[".github",h]){let n=await Lt(y(e,t)).catch(H(null));if(n===null)return null;let r=await Ce(y(e,t)).catch(H("")),o=qt(await Ce(e),r);if(!n.isDirectory()||o!==t.replaceAll("/",Jt))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}s(zt,"escapeProblem");function H(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(H,"ifMissing");async function Ht(e,t){t.length>0&&await Nt(y(e,h),{recursive:!0});for(let[n,r]of t)r===null?await jt(y(e,n)):await Dt(y(e,n),r)}s(Ht,"apply");function Fr(e,t){return{monitors:e.outcomes.map(Kt),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t,times:e.times}}s(Fr,"runJson");function*Lr(e){let{monitors:t,...n}=e;yield`{
  "monitors": [`;for(let[r,o]of t.entries()){let i=JSON.stringify(o,null,2).replaceAll(`
`,`
    `);yield`${r===0?"":","}
    ${i}`}yield t.length===0?"],":`
  ],`,yield`${JSON.stringify(n,null,2).slice(1)}
`}s(Lr,"runJsonText");function Kt(e){let{monitor:t,reason:n}=e.selected,r=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:v(e),reason:n,error:O(e)??null,hash:r?.checked.hash??null,told:r?.tellings.deliveries.map(Vt)??[],report:r?.checked.report??null}}s(Kt,"monitorJson");function Vt({channel:e,reason:t,outcome:n}){let r={ref:null,accepted:[],pending:[],refused:[],error:null};switch(n.kind){case"would_tell":return{channel:e,reason:t,outcome:"would_tell",...r};case"failed":return{channel:e,reason:t,outcome:"failed",...r,refused:K(n.refused),error:n.failure};case"accepted":{let{told:o,accepted:i,pending:a,refused:l}=n;return{channel:e,reason:t,outcome:"accepted",ref:o.ref,accepted:i,pending:K(a),refused:K(l),error:null}}default:return n}}s(Vt,"toldJson");function K(e){return e.map(({address:t})=>t)}s(K,"addresses");function Dr(e){let{root:t,read:n,renames:r}=e,o=n.namesWorkflows||Ne(t)?A(n).problems:[],i=new Set(n.monitors.map(l=>l.id.toLowerCase())),a=r.flatMap(({from:l,to:c,before:u})=>{let m=n.monitors.find(Ge=>Ge.file===c),{id:d}=oe({file:l,text:u,config:n.config,now:Yt});if(m===void 0||d===void 0||m.id!==Zt(c)||i.has(d.toLowerCase()))return[];let w=`was ${l}; as monitor ${m.id} it starts anew, with a first mail. To go on as before, add \`id: ${d}\`.`;return[{file:c,line:1,column:1,path:"id",message:w,severity:"warning"}]});return[...n.problems,...o,...a]}s(Dr,"validate");var Yt=new Date(0);function Zt(e){return e.slice(e.lastIndexOf("/")+1).replace(/\.ya?ml$/i,"")}s(Zt,"stem");export{Qt as a,M as b,de as c,sn as d,an as e,vn as f,He as g,Ke as h,Ve as i,Ne as j,Er as k,Fr as l,Lr as m,Dr as n,nn as o};
