import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as T}from"./chunk-3Z2KDRVI.mjs";import{a as oe,c as L}from"./chunk-QZU7LAJW.mjs";import{a as R,b as v}from"./chunk-4JZINNLJ.mjs";import{C as Y,E as S,G as W,J as Z,M as Ge,T as Q,U as X,j as z,k as A,t as K,w as V}from"./chunk-FZFJDQW4.mjs";import{c as ne,e as re}from"./chunk-4CZ6WDQL.mjs";import{a as ee}from"./chunk-M3Z4ATLR.mjs";import{a as te}from"./chunk-EHQNVBFE.mjs";import{a as b,b as H}from"./chunk-WLFHRXN6.mjs";import{a as s,f as Ne}from"./chunk-GLNHH4CJ.mjs";import{setFlagsFromString as De}from"node:v8";function Yt(){De("--semi-space-growth-factor=1")}s(Yt,"keepMemorySmall");var Xt=["short","critical"];function en(e){return({summary:t})=>{let n=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return n;case"critical":return n||t.critical>0;default:return e}}}s(en,"failsOn");var je={bad:"31",warn:"33",good:"32",muted:"2",title:"1"};function M(e){return(t,n)=>e&&t!==""?`\x1B[${je[n]}m${t}\x1B[0m`:t}s(M,"painter");function se(e,t){let n=M(t.color),r=e.facts.map(({label:c,text:d,tone:m})=>`${c} ${n(d,m)}`),o=[n(e.name,"title"),`${n(e.headline,e.status==="short"?"bad":"good")} \xB7 ${e.checkedAt}`,...e.since===void 0?[]:[e.since],...Je(r,t.columns)],i=te({language:e.language,timezone:"UTC"}),a=s(c=>ee(i).more(i.quantity(c)),"more"),l=e.sections.map(c=>qe(c,{...t,more:a}));return`${[o.join(`
`),...l].join(`

`)}
`}s(se,"renderView");function qe(e,{columns:t,color:n,rows:r,more:o}){let i=M(n),a=r===void 0?e:ne(e,r),l=a.folded===0?[]:[`\u2026 ${o(a.folded)}`],c=a.rows.length===0?[]:[T(a,{width:t,paint:i})],d=a.lead===void 0?[]:L(a.lead,t),m=a.notes.flatMap(u=>L(u,t));return[i(a.title,"title"),...d,...c,...l,...m].map(u=>u.trimEnd()).join(`
`)}s(qe,"renderSection");function Je(e,t){let n=[];for(let r of e){let o=n.length===0?r:`${n.at(-1)} \xB7 ${r}`;n.length===0||Ue(o)>t?n.push(r):n[n.length-1]=o}return n}s(Je,"wrap");function Ue(e){return oe(e.replace(/\u001b\[\d+m/g,""))}s(Ue,"visibleLength");function ie(e,t){let n=`${e.requests} requests, ${e.retries} retries, ${(e.bytes/1024).toFixed(0)} KiB`,{server:r,calculation:o,mail:i,state:a}=t;return[`InvenTree: ${n}, ${O(r)}.`,`Calculation ${O(o)}, mail ${O(i)}, state ${O(a)}.`]}s(ie,"budgetWords");function O(e){return`${(e/1e3).toFixed(1)} s`}s(O,"seconds");function*bn(e,{options:t,spent:n}){for(let r of Be(e,t))yield`${r}
`;yield`${He(e,t)}
${Qe(e,n)}
`}s(bn,"renderRun");function*Be({outcomes:e},t){for(let n of e)n.kind==="checked"&&(yield ze(n,t))}s(Be,"renderReports");function He(e,{columns:t,color:n}){let r=M(n),o=e.outcomes.length===0?"Nothing is due.":T(Ke(e),{width:t,paint:r}).trimEnd(),i=e.read.problems.map(K);return`${[o,...i,...e.failures.map(a=>r(a,"bad"))].join(`
`)}
`}s(He,"renderOverview");function ze({selected:e,checked:t,tellings:n,startedAt:r},o){let[i]=n.deliveries,a=re({report:t.report,monitor:e.monitor,at:r,alerts:t.alerts,episode:n.episode??e.state?.episode??null,...i===void 0?{}:{change:i.change}});return se(a,o)}s(ze,"reportText");function Ke({outcomes:e}){return{columns:[{title:"Monitor",align:"left",priority:1},{title:"Result",align:"left",priority:1},{title:"Short",align:"right",priority:1},{title:"To build",align:"right",priority:3},{title:"Told",align:"left",priority:2}],rows:e.map(t=>({cells:Ve(t)}))}}s(Ke,"overview");function Ve(e){let{id:t}=e.selected.monitor,n=Ye(e),r=v(e)===void 0?{}:{tone:"bad"};if(e.kind!=="checked")return[{text:t},{text:n,...r},{text:"\u2013"},{text:"\u2013"},{text:""}];let{short:o,to_build:i}=e.checked.report.summary,a=o>0?{tone:"bad"}:{};return[{text:t},{text:n,...r},{text:String(o),...a},{text:String(i)},{text:Ze(e)}]}s(Ve,"overviewCells");function Ye(e){return e.kind==="checked"&&e.tellings.deliveries.some(n=>n.outcome.kind==="would_tell")?"checked":R(e).replace("_"," ")}s(Ye,"resultWord");function Ze({tellings:e}){let t=e.deliveries.map(({channel:n,reason:r,outcome:o})=>o.kind==="would_tell"?`would be told by ${n} (${r})`:o.kind==="failed"?`${n} failed`:`${n} (${r}): ${o.accepted.join(", ")}`);return t.length===0?"nothing to tell":t.join("; ")}s(Ze,"toldWords");function Qe({committed:e,outcomes:t,times:n},r){let o=e===null?"Nothing was committed.":`State: ${e.commit.slice(0,12)}.`;return t.length===0?o:`${ie(r,n).join(`
`)} ${o}`}s(Qe,"closing");import{lstat as At,mkdir as Wt,readdir as Lt,readFile as Ft,realpath as Le,rm as Ct,writeFile as Nt}from"node:fs/promises";import{join as y,relative as Gt,sep as Dt}from"node:path";function ae({servers:e,variables:t,perServer:n}){return ce([...ue(e,n),...Xe,...t.map(F)])}s(ae,"environmentText");function le(e){return ce([...ue(e,!1),_("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(le,"previewEnvironmentText");function ce(e){return e.map(([t,n])=>`          ${t}: \${{ ${n} }}
`).join("")}s(ce,"linesText");var Xe=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(_),...["EMAIL_PASSWORD"].map(F),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(_)];function ue(e,t){let n=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=n.has(o)?F(o):_(o),a=e.filter(({urlEnv:d,tokenEnv:m})=>d===o||m===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:d})=>`matrix.instance == '${d}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(ue,"serverLines");function _(e){return[e,`vars.${e} || secrets.${e}`]}s(_,"either");function F(e){return[e,`secrets.${e}`]}s(F,"secret");var p=Ne(Ge(),1);function f(e){return(0,p.stringify)(e,{...C,defaultStringType:"QUOTE_DOUBLE"}).trimEnd()}s(f,"quoted");function $(e){return typeof e=="string"?de(e):`[${e.map(de).join(", ")}]`}s($,"runnerText");function g(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:f(e.uses),n=me(e);return n===null?t:`${t} # ${n}`}s(g,"usesText");function E(e,t){if(e.length===0)return"";let n=new p.Document(e,C);for(let r of(0,p.isSeq)(n.contents)?n.contents.items:[]){let o=(0,p.isMap)(r)?r.get("uses",!0):void 0;if(!(0,p.isScalar)(o))continue;let i=S(String(o.value)),a=me(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return n.toString(C).replaceAll(/^(?=.)/gm," ".repeat(t))}s(E,"stepsText");var C={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function me({uses:e,version:t}){return t!==null?b(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(me,"usesComment");function de(e){return/^[A-Za-z][\w.-]*$/.test(e)?e:f(e)}s(de,"label");function fe({marker:e,workflow:t,pullRequest:n,servers:r}){let{checkout:o,action:i}=t;return`${e}
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
    runs-on: ${$(n.runsOn)}
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
${n.preview?et(t,r):""}`}s(fe,"pullRequestWorkflowText");function et(e,t){let{environment:n,stepsBefore:r}=e;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${f(tt(e))}
    runs-on: ${$(e.runsOn)}
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
${E(r,6)}      - name: Show what the change does
        uses: ${g(e.action)}
        with:
          command: preview
        env:
${le(t)}`}s(et,"previewJob");var N="github.event.pull_request.head.repo.full_name == github.repository";function tt({condition:e}){if(e===null)return N;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],n=(t??e).trim();return n.includes("${{")?N:`${N} && (${n})`}s(tt,"conditionOf");function pe({marker:e,triggers:t,config:n,needs:r,servers:o}){let{workflow:i,shards:a}=n,l={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${it(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${f(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${ot}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${nt(l)}
${rt(l,{servers:o,shards:a})}${lt(i)}    permissions:
      contents: write # commits what was told to the state branch
${r.issues?st:""}    steps:
      - name: Check out the monitors
        uses: ${g(i.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${E(i.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${g(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${ge(l).map(c=>`          ${c}: \${{ matrix.${c} }}
`).join("")}        env:
${ae({servers:o,variables:r.variables,perServer:l.instance})}`}s(pe,"runWorkflowText");function ge({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(ge,"axesOf");function nt(e){let t=ge(e).map(n=>`\${{ matrix.${n} }}`);return t.length===0?"":` (${t.join(", ")})`}s(nt,"matrixName");function rt({instance:e,shard:t},{servers:n,shards:r}){if(!e&&!t)return"";let o=n.map(({label:a})=>f(a)).join(", "),i=Z(r).map(f).join(", ");return["# Each job sees to its own monitors; one that fails stops none of the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(rt,"matrixText");var ot=`  workflow_dispatch:
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
`,st=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function it(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(at).join("")}`}s(it,"scheduleText");function at({cron:e,zone:t,reasons:n}){let r=n.map(i=>`    # ${i}
`).join(""),o=t===null?"":`      timezone: ${f(t)}
`;return`${r}    - cron: ${f(e)}
${o}`}s(at,"triggerText");function lt({condition:e,runsOn:t,environment:n,timeoutMinutes:r}){return[...e===null?[]:[`if: ${f(e)}`],`runs-on: ${$(t)}`,...n===null?[]:[`environment: ${f(n)}`],`timeout-minutes: ${r}`].map(o=>`    ${o}
`).join("")}s(lt,"jobText");function D(e){let[t="",n="",r="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(d=>a&&d.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[x(t,59),x(n,23),l(r)?G(e.daysOfMonth):x(r,31),ye(o)?G(e.months):x(o,12),ye(i)||c||l(i)?G(e.daysOfWeek):x(i,6)].join(" ")}s(D,"githubCron");function we(e){let t=e.hours.flatMap(a=>e.minutes.map(l=>a*60+l)),[n=0]=t,o=e.anyDayOfMonth&&e.anyDayOfWeek?[...t,n+he]:t,i=o.slice(1).map((a,l)=>a-(o[l]??a));return Math.min(he,...i)}s(we,"smallestGapMinutes");var he=1440;function ye(e){return/[a-z]/i.test(e)}s(ye,"named");function x(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(x,"digits");function G(e){let t=e.filter(r=>!e.includes(r-1)),n=e.filter(r=>!e.includes(r+1));return t.map((r,o)=>r===n[o]?`${r}`:`${r}-${n[o]}`).join(",")}s(G,"ranges");var ct=20;function $e({monitors:e,schedule:t}){let n=e.filter(a=>a.active).toSorted((a,l)=>Te(a.file,l.file)),o=t.mode==="exact"&&t.target==="github"?ut(n):dt(t),i=mt(t);return{triggers:q([...o.triggers,...i.triggers]),problems:[...ft(t),...o.problems,...i.problems]}}s($e,"scheduleTriggers");function ut(e){let t=e.map(o=>({cron:D(A(o.cron_schedule)),zone:pt(o.timezone),reasons:[`${b(o.file)}: ${H(b(o.name),80)}`]})),n=q(t).length,r=`The active monitors have ${n} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:q(t),problems:[...e.flatMap(o=>ke({file:o.file,path:"cron_schedule",text:o.cron_schedule})),...n>ct?[Se("schedule.mode",r)]:[]]}}s(ut,"exactTriggers");function dt({tick:e}){return xe({path:"schedule.tick",text:e,reason:"The tick of all active monitors."})}s(dt,"tickTriggers");function mt({catchUp:e}){return e===null?{triggers:[],problems:[]}:xe({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}s(mt,"catchUpTriggers");function xe({path:e,text:t,reason:n}){let r=z(t);if(r.kind==="invalid"){let i=r.problems.map(a=>({file:j,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:D(r.cron),zone:null,reasons:[n]}],problems:ke({file:j,path:e,text:t})}}s(xe,"setTrigger");function ke({file:e,path:t,text:n}){let r=[],o=A(n),i=we(o);if(i<5){let a=`"${o.text}" asks for a start every ${i===1?"minute":`${i} minutes`}; GitHub takes that and never starts it. Leave at least ${5} minutes.`;r.push({file:e,path:t,message:a})}if(o.minutes.includes(0)){let a=o.minutes.length===1?`write ${o.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${o.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;r.push({file:e,path:t,message:l,severity:"warning"})}return r}s(ke,"cronProblems");function ft({mode:e,target:t}){return t==="github"||e==="tick"?[]:[Se("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(ft,"modeProblems");var j="partwatch.yaml";function Se(e,t){return{file:j,path:e,message:t,severity:"warning"}}s(Se,"configWarning");function pt(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(pt,"githubZone");function q(e){return[...Map.groupBy(e,({cron:n,zone:r})=>`${r??""} ${n}`)].toSorted(([n],[r])=>Te(n,r)).flatMap(([,[n,...r]])=>n===void 0?[]:[{...n,reasons:[n,...r].flatMap(({reasons:o})=>o)}])}s(q,"merge");function Te(e,t){return e<t?-1:e>t?1:0}s(Te,"compare");function Re({action:e,actionIsNamed:t,checkout:n,stepsBefore:r}){let o=`is not set, so the workflows run the release that this version of Partwatch knows (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t?[]:[P("workflow.action",o)],...J("workflow.action",e),...J("workflow.checkout",n),...r.flatMap((i,a)=>gt(`workflow.steps_before[${a}]`,i))]}s(Re,"stepProblems");function gt(e,t){return t.uses===void 0==(t.run===void 0)?[{file:U,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:J(`${e}.uses`,S(t.uses)),...ht(e,t)]}s(gt,"ownStepProblems");function J(e,{uses:t,version:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let r=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(r===void 0){let o=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:U,path:e,message:o}]}if(!/^[0-9a-f]{40}$/.test(r)){let o=`"${t.slice(0,-r.length)}<commit SHA> # ${r}"`;return[P(e,`"${t}" can change under your feet; pin it by commit: ${o}.`)]}return n!==null?[]:[P(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}s(J,"referenceProblems");function ht(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:wt(t.with,"script")}].flatMap(({at:r,text:o})=>{let[i]=typeof o=="string"?yt(o):[];if(i===void 0)return[];let a=`${i} may be anybody's words, and becomes part of the script: what stands there is run. Hand it over in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[P(r,a)]})}s(ht,"scriptProblems");function yt(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([r,o=""])=>{let i=o.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[r.replace(/\s+/g," ")]:[]})}s(yt,"foreignExpressions");function wt(e,t){return typeof e=="object"&&e!==null?Reflect.get(e,t):void 0}s(wt,"fieldOf");var U="partwatch.yaml";function P(e,t){return{file:U,path:e,message:t,severity:"warning"}}s(P,"warning");var h=".github/workflows",ve="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",bt="# Written by `partwatch generate`";function Me({monitors:e,config:t}){let{triggers:n,problems:r}=$e({monitors:e,schedule:t.schedule}),o=Y([t.monitorDefaults,...e].flatMap(({channels:u=[]})=>u)),i=e.map(({instance:u})=>u??t.monitorDefaults.instance),a=V(t.instances,i),{workflow:l}=t,{pullRequest:c}=l,d=new Map;if(c!==null){let u=fe({marker:ve,workflow:l,pullRequest:c,servers:a});d.set(`${h}/partwatch-pull-request.yml`,u)}d.set(`${h}/partwatch.yml`,pe({marker:ve,triggers:n,config:t,needs:o,servers:a}));let m=a.length*t.shards;return{files:d,problems:[...r,...Re(t.workflow),...$t(m)]}}s(Me,"workflowFiles");function $t(e){if(e<=W)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${W} of a matrix.`;return[{file:xt,path:"shards",message:t}]}s($t,"matrixProblems");function Oe(e){return e.replace(/^\uFEFF/,"").startsWith(bt)}s(Oe,"isGenerated");var xt="partwatch.yaml";import{execFile as kt}from"node:child_process";import{mkdir as _e,mkdtemp as St,rm as Tt,writeFile as Rt}from"node:fs/promises";import{tmpdir as vt}from"node:os";import{dirname as Pe,join as k}from"node:path";import{promisify as Mt}from"node:util";async function Ie({path:e,before:t,after:n}){let r=await St(k(vt(),"partwatch-diff-"));try{return await Ee(k(r,"a"),e,t),await Ee(k(r,"b"),e,n),await Ot(r)}finally{await Tt(r,{recursive:!0,force:!0})}}s(Ie,"fileDiff");async function Ee(e,t,n){await _e(e,{recursive:!0}),n!==null&&(await _e(Pe(k(e,t)),{recursive:!0}),await Rt(k(e,t),n))}s(Ee,"put");async function Ot(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],n=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],r={...process.env,GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1",LC_ALL:"C"},o={GIT_CEILING_DIRECTORIES:Pe(e),GIT_DIR:void 0,GIT_WORK_TREE:void 0};try{return await Mt(kt)("git",[...t,...n,"a","b"],{cwd:e,env:{...r,...o}}),""}catch(i){let{code:a,stdout:l}=_t(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}s(Ot,"gitDiff");function _t(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}s(_t,"failed");import{existsSync as Et}from"node:fs";import{join as Pt}from"node:path";function I({monitors:e,config:t,problems:n=[],locate:r=s(o=>o,"locate")}){let{files:o,problems:i}=Me({monitors:e,config:t}),l=n.some(c=>c.file===X&&Ae(c))?i.filter(c=>Ae(c)):i;return{files:o,problems:l.map(r)}}s(I,"workflowsOf");function We(e){return Et(Pt(e,h,It))}s(We,"hasWorkflow");var It="partwatch.yml";function Ae({severity:e}){return e!=="warning"}s(Ae,"isError");async function $r(e){let{root:t,check:n}=e,{files:r,problems:o}=I(e),i=await jt(t,[...r.keys()]),a=[...e.problems??[],...o,...i.problems];if(a.some(({severity:u})=>u!=="warning"))return{written:[],removed:[],diffs:new Map,texts:new Map,problems:a};let l=[...r].filter(([u,w])=>i.texts.get(u)!==w),c=[...i.texts.keys()].filter(u=>!r.has(u)),d=[...l,...c.map(u=>[u,null])],m=new Map;for(let[u,w]of d)m.set(u,await Ie({path:u,before:i.texts.get(u)??null,after:w}));return n||await Ut(t,d),{written:l.map(([u])=>u),removed:c,diffs:m,texts:new Map(d),problems:a}}s($r,"generate");async function jt(e,t){let n=await Jt(e);if(n!==null)return{texts:new Map,problems:[n]};let o=(await Lt(y(e,h),{withFileTypes:!0}).catch(Fe([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of o){let c=`${h}/${l.name}`,d=l.isFile()?await Ft(y(e,c),"utf8"):"";Oe(d)?i.set(c,d.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:qt})}return{texts:i,problems:a}}s(jt,"readWorkflows");var qt="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function Jt(e){for(let t of[".github",h]){let n=await At(y(e,t)).catch(Fe(null));if(n===null)return null;let r=Gt(await Le(e),await Le(y(e,t)));if(!n.isDirectory()||r!==t.replaceAll("/",Dt))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}s(Jt,"escapeProblem");function Fe(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(Fe,"ifMissing");async function Ut(e,t){t.length>0&&await Wt(y(e,h),{recursive:!0});for(let[n,r]of t)r===null?await Ct(y(e,n)):await Nt(y(e,n),r)}s(Ut,"apply");function Tr(e,t){return{monitors:e.outcomes.map(Bt),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t,times:e.times}}s(Tr,"runJson");function*Rr(e){let{monitors:t,...n}=e;yield`{
  "monitors": [`;for(let[r,o]of t.entries()){let i=JSON.stringify(o,null,2).replaceAll(`
`,`
    `);yield`${r===0?"":","}
    ${i}`}yield t.length===0?"],":`
  ],`,yield`${JSON.stringify(n,null,2).slice(1)}
`}s(Rr,"runJsonText");function Bt(e){let{monitor:t,reason:n}=e.selected,r=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:R(e),reason:n,error:v(e)??null,hash:r?.checked.hash??null,told:r?.tellings.deliveries.map(Ht)??[],report:r?.checked.report??null}}s(Bt,"monitorJson");function Ht({channel:e,reason:t,outcome:n}){let r={ref:null,accepted:[],pending:[],refused:[],error:null};switch(n.kind){case"would_tell":return{channel:e,reason:t,outcome:"would_tell",...r};case"failed":return{channel:e,reason:t,outcome:"failed",...r,refused:B(n.refused),error:n.failure};case"accepted":{let{told:o,accepted:i,pending:a,refused:l}=n;return{channel:e,reason:t,outcome:"accepted",ref:o.ref,accepted:i,pending:B(a),refused:B(l),error:null}}default:return n}}s(Ht,"toldJson");function B(e){return e.map(({address:t})=>t)}s(B,"addresses");function Er(e){let{root:t,read:n,renames:r}=e,o=n.namesWorkflows||We(t)?I(n).problems:[],i=new Set(n.monitors.map(l=>l.id.toLowerCase())),a=r.flatMap(({from:l,to:c,before:d})=>{let m=n.monitors.find(Ce=>Ce.file===c),{id:u}=Q({file:l,text:d,config:n.config,now:zt});if(m===void 0||u===void 0||m.id!==Kt(c)||i.has(u.toLowerCase()))return[];let w=`was ${l}; as monitor ${m.id} it starts anew, with a first mail. To go on as before, add \`id: ${u}\`.`;return[{file:c,line:1,column:1,path:"id",message:w,severity:"warning"}]});return[...n.problems,...o,...a]}s(Er,"validate");var zt=new Date(0);function Kt(e){return e.slice(e.lastIndexOf("/")+1).replace(/\.ya?ml$/i,"")}s(Kt,"stem");export{M as a,se as b,Xt as c,en as d,bn as e,Be as f,He as g,We as h,$r as i,Tr as j,Rr as k,Er as l,Yt as m};
