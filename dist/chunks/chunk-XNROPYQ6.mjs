import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as S}from"./chunk-QQDIORNB.mjs";import{a as v,b as R}from"./chunk-KZXPE2XO.mjs";import{A as Z,C as T,E as L,H as Q,K as Ae,R as X,j as z,k as A,s as V,u as Y}from"./chunk-PAPWGHQO.mjs";import{c as ee,e as te}from"./chunk-PLXTDT7N.mjs";import{a as b,b as K}from"./chunk-AAUL4LUM.mjs";import{a as ne,c as W}from"./chunk-KCGAJYSH.mjs";import{a as s,d as Pe}from"./chunk-DMPNIYC3.mjs";var Ct=["short","critical"];function Nt(e){return({summary:t})=>{let n=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return n;case"critical":return n||t.critical>0;default:return e}}}s(Nt,"failsOn");function re(e,t){let n=`${e.requests} requests, ${e.retries} retries, ${(e.bytes/1024).toFixed(0)} KiB`,{server:r,calculation:o,mail:i,state:a}=t;return[`InvenTree: ${n}, ${M(r)}.`,`Calculation ${M(o)}, mail ${M(i)}, state ${M(a)}.`]}s(re,"budgetWords");function M(e){return`${(e/1e3).toFixed(1)} s`}s(M,"seconds");var Le={bad:"31",warn:"33",good:"32",muted:"2",title:"1"};function _(e){return(t,n)=>e&&t!==""?`\x1B[${Le[n]}m${t}\x1B[0m`:t}s(_,"painter");function oe(e,t){let n=_(t.color),r=e.facts.map(({label:i,text:a,tone:l})=>`${i} ${n(a,l)}`);return`${[[n(e.name,"title"),`${n(e.headline,e.status==="short"?"bad":"good")} \xB7 ${e.checkedAt}`,...e.since===void 0?[]:[e.since],...Ce(r,t.columns)].join(`
`),...e.sections.map(i=>We(i,t))].join(`

`)}
`}s(oe,"renderView");function We(e,{columns:t,color:n,rows:r}){let o=_(n),i=r===void 0?e:ee(e,r),a=i.folded===0?[]:[`\u2026 and ${i.folded} more`],l=i.rows.length===0?[]:[S(i,{width:t,paint:o})],c=i.lead===void 0?[]:W(i.lead,t),d=i.notes.flatMap(p=>W(p,t));return[o(i.title,"title"),...c,...l,...a,...d].map(p=>p.trimEnd()).join(`
`)}s(We,"renderSection");function Ce(e,t){let n=[];for(let r of e){let o=n.length===0?r:`${n.at(-1)} \xB7 ${r}`;n.length===0||Ne(o)>t?n.push(r):n[n.length-1]=o}return n}s(Ce,"wrap");function Ne(e){return ne(e.replace(/\u001b\[\d+m/g,""))}s(Ne,"visibleLength");function Xt(e,{io:t,spent:n}){return[...e.outcomes.some(({kind:o})=>o==="checked")?[Fe(e,t)]:[],Ge(e,t),`${He(e,n)}
`].join(`
`)}s(Xt,"renderRun");function Fe({outcomes:e},t){return e.flatMap(n=>n.kind==="checked"?[De(n,t)]:[]).join(`
`)}s(Fe,"renderReports");function Ge(e,{columns:t,color:n}){let r=_(n),o=e.outcomes.length===0?"Nothing is due.":S(je(e),{width:t,paint:r}).trimEnd(),i=e.read.problems.map(V);return`${[o,...i,...e.failures.map(a=>r(a,"bad"))].join(`
`)}
`}s(Ge,"renderOverview");function De({selected:e,checked:t,tellings:n,startedAt:r},o){let[i]=n.deliveries,a=te({report:t.report,monitor:e.monitor,at:r,alerts:t.alerts,episode:n.episode??e.state?.episode??null,...i===void 0?{}:{change:i.change}});return oe(a,o)}s(De,"reportText");function je({outcomes:e}){return{columns:[{title:"Monitor",align:"left",priority:1},{title:"Result",align:"left",priority:1},{title:"Short",align:"right",priority:1},{title:"To build",align:"right",priority:3},{title:"Told",align:"left",priority:2}],rows:e.map(t=>({cells:qe(t)}))}}s(je,"overview");function qe(e){let{id:t}=e.selected.monitor,n=Ue(e),r=R(e)===void 0?{}:{tone:"bad"};if(e.kind!=="checked")return[{text:t},{text:n,...r},{text:"\u2013"},{text:"\u2013"},{text:""}];let{short:o,to_build:i}=e.checked.report.summary,a=o>0?{tone:"bad"}:{};return[{text:t},{text:n,...r},{text:String(o),...a},{text:String(i)},{text:Be(e)}]}s(qe,"overviewCells");function Ue(e){return e.kind==="checked"&&e.tellings.deliveries.some(n=>n.outcome.kind==="would_tell")?"checked":v(e).replace("_"," ")}s(Ue,"resultWord");function Be({tellings:e}){let t=e.deliveries.map(({channel:n,reason:r,outcome:o})=>o.kind==="would_tell"?`would be told by ${n} (${r})`:o.kind==="failed"?`${n} failed`:`${n} (${r}): ${o.accepted.join(", ")}`);return t.length===0?"nothing to tell":t.join("; ")}s(Be,"toldWords");function He({committed:e,outcomes:t,times:n},r){let o=e===null?"Nothing was committed.":`State: ${e.commit.slice(0,12)}.`;return t.length===0?o:`${re(r,n).join(`
`)} ${o}`}s(He,"closing");import{lstat as $t,mkdir as xt,readdir as kt,readFile as Tt,realpath as Ee,rm as St,writeFile as vt}from"node:fs/promises";import{join as w,relative as Rt,sep as Mt}from"node:path";function se({servers:e,variables:t,perServer:n}){return ae([...le(e,n),...Je,...t.map(C)])}s(se,"environmentText");function ie(e){return ae([...le(e,!1),O("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(ie,"previewEnvironmentText");function ae(e){return e.map(([t,n])=>`          ${t}: \${{ ${n} }}
`).join("")}s(ae,"linesText");var Je=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(O),...["EMAIL_PASSWORD"].map(C),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(O)];function le(e,t){let n=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=n.has(o)?C(o):O(o),a=e.filter(({urlEnv:d,tokenEnv:p})=>d===o||p===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:d})=>`matrix.instance == '${d}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(le,"serverLines");function O(e){return[e,`vars.${e} || secrets.${e}`]}s(O,"either");function C(e){return[e,`secrets.${e}`]}s(C,"secret");var g=Pe(Ae(),1);function m(e){return(0,g.stringify)(e,{...N,defaultStringType:"QUOTE_DOUBLE"}).trimEnd()}s(m,"quoted");function $(e){return typeof e=="string"?ce(e):`[${e.map(ce).join(", ")}]`}s($,"runnerText");function h(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:m(e.uses),n=de(e);return n===null?t:`${t} # ${n}`}s(h,"usesText");function E(e,t){if(e.length===0)return"";let n=new g.Document(e,N);for(let r of(0,g.isSeq)(n.contents)?n.contents.items:[]){let o=(0,g.isMap)(r)?r.get("uses",!0):void 0;if(!(0,g.isScalar)(o))continue;let i=T(String(o.value)),a=de(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return n.toString(N).replaceAll(/^(?=.)/gm," ".repeat(t))}s(E,"stepsText");var N={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function de({uses:e,version:t}){return t!==null?b(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(de,"usesComment");function ce(e){return/^[A-Za-z][\w.-]*$/.test(e)?e:m(e)}s(ce,"label");function ue({marker:e,workflow:t,pullRequest:n,servers:r}){let{checkout:o,action:i}=t;return`${e}
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
        uses: ${h(o)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${h(i)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${h(i)}
        with:
          command: generate-check
${n.preview?ze(t,r):""}`}s(ue,"pullRequestWorkflowText");function ze(e,t){let{environment:n,stepsBefore:r}=e;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${m(Ke(e))}
    runs-on: ${$(e.runsOn)}
${n===null?"":`    environment: ${m(n)}
`}    timeout-minutes: ${e.timeoutMinutes}
    permissions:
      contents: read # checks out the pull request, and reads what was told from the state branch
      pull-requests: write # writes what the change does into one comment
    steps:
      - name: Check out the pull request
        uses: ${h(e.checkout)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: it is compared with
${E(r,6)}      - name: Show what the change does
        uses: ${h(e.action)}
        with:
          command: preview
        env:
${ie(t)}`}s(ze,"previewJob");var F="github.event.pull_request.head.repo.full_name == github.repository";function Ke({condition:e}){if(e===null)return F;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],n=(t??e).trim();return n.includes("${{")?F:`${F} && (${n})`}s(Ke,"conditionOf");function me({marker:e,triggers:t,config:n,needs:r,servers:o}){let{workflow:i,shards:a}=n,l={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${Xe(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${m(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${Ze}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${Ve(l)}
${Ye(l,{servers:o,shards:a})}${tt(i)}    permissions:
      contents: write # commits what was told to the state branch
${r.issues?Qe:""}    steps:
      - name: Check out the monitors
        uses: ${h(i.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${E(i.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${h(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${pe(l).map(c=>`          ${c}: \${{ matrix.${c} }}
`).join("")}        env:
${se({servers:o,variables:r.variables,perServer:l.instance})}`}s(me,"runWorkflowText");function pe({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(pe,"axesOf");function Ve(e){let t=pe(e).map(n=>`\${{ matrix.${n} }}`);return t.length===0?"":` (${t.join(", ")})`}s(Ve,"matrixName");function Ye({instance:e,shard:t},{servers:n,shards:r}){if(!e&&!t)return"";let o=n.map(({label:a})=>m(a)).join(", "),i=Q(r).map(m).join(", ");return["# Each job sees to its own monitors; one that fails stops none of the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(Ye,"matrixText");var Ze=`  workflow_dispatch:
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
`,Qe=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function Xe(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(et).join("")}`}s(Xe,"scheduleText");function et({cron:e,zone:t,reasons:n}){let r=n.map(i=>`    # ${i}
`).join(""),o=t===null?"":`      timezone: ${m(t)}
`;return`${r}    - cron: ${m(e)}
${o}`}s(et,"triggerText");function tt({condition:e,runsOn:t,environment:n,timeoutMinutes:r}){return[...e===null?[]:[`if: ${m(e)}`],`runs-on: ${$(t)}`,...n===null?[]:[`environment: ${m(n)}`],`timeout-minutes: ${r}`].map(o=>`    ${o}
`).join("")}s(tt,"jobText");function D(e){let[t="",n="",r="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(d=>a&&d.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[x(t,59),x(n,23),l(r)?G(e.daysOfMonth):x(r,31),ge(o)?G(e.months):x(o,12),ge(i)||c||l(i)?G(e.daysOfWeek):x(i,6)].join(" ")}s(D,"githubCron");function he(e){let t=e.hours.flatMap(a=>e.minutes.map(l=>a*60+l)),[n=0]=t,o=e.anyDayOfMonth&&e.anyDayOfWeek?[...t,n+fe]:t,i=o.slice(1).map((a,l)=>a-(o[l]??a));return Math.min(fe,...i)}s(he,"smallestGapMinutes");var fe=1440;function ge(e){return/[a-z]/i.test(e)}s(ge,"named");function x(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(x,"digits");function G(e){let t=e.filter(r=>!e.includes(r-1)),n=e.filter(r=>!e.includes(r+1));return t.map((r,o)=>r===n[o]?`${r}`:`${r}-${n[o]}`).join(",")}s(G,"ranges");var nt=20;function we({monitors:e,schedule:t}){let n=e.filter(a=>a.active).toSorted((a,l)=>ke(a.file,l.file)),o=t.mode==="exact"&&t.target==="github"?rt(n):ot(t,n.length),i=st(t);return{triggers:q([...o.triggers,...i.triggers]),problems:[...it(t),...o.problems,...i.problems]}}s(we,"scheduleTriggers");function rt(e){let t=e.map(o=>({cron:D(A(o.cron_schedule)),zone:at(o.timezone),reasons:[`${b(o.file)}: ${K(b(o.name),80)}`]})),n=q(t).length,r=`The active monitors have ${n} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:q(t),problems:[...e.flatMap(o=>$e({file:o.file,path:"cron_schedule",text:o.cron_schedule})),...n>nt?[xe("schedule.mode",r)]:[]]}}s(rt,"exactTriggers");function ot({tick:e},t){let n=t===1?"the one active monitor":`all ${t} active monitors`;return be({path:"schedule.tick",text:e,reason:`The tick of ${n}.`})}s(ot,"tickTriggers");function st({catchUp:e}){return e===null?{triggers:[],problems:[]}:be({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}s(st,"catchUpTriggers");function be({path:e,text:t,reason:n}){let r=z(t);if(r.kind==="invalid"){let i=r.problems.map(a=>({file:j,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:D(r.cron),zone:null,reasons:[n]}],problems:$e({file:j,path:e,text:t})}}s(be,"setTrigger");function $e({file:e,path:t,text:n}){let r=[],o=A(n),i=he(o);if(i<5){let a=`"${o.text}" asks for a start every ${i===1?"minute":`${i} minutes`}; GitHub takes that and never starts it. Leave at least ${5} minutes.`;r.push({file:e,path:t,message:a})}if(o.minutes.includes(0)){let a=o.minutes.length===1?`write ${o.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${o.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;r.push({file:e,path:t,message:l,severity:"warning"})}return r}s($e,"cronProblems");function it({mode:e,target:t}){return t==="github"||e==="tick"?[]:[xe("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(it,"modeProblems");var j="partwatch.yaml";function xe(e,t){return{file:j,path:e,message:t,severity:"warning"}}s(xe,"configWarning");function at(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(at,"githubZone");function q(e){return[...Map.groupBy(e,({cron:n,zone:r})=>`${r??""} ${n}`)].toSorted(([n],[r])=>ke(n,r)).flatMap(([,[n,...r]])=>n===void 0?[]:[{...n,reasons:[n,...r].flatMap(({reasons:o})=>o)}])}s(q,"merge");function ke(e,t){return e<t?-1:e>t?1:0}s(ke,"compare");var y=".github/workflows",Te="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",lt="# Written by `partwatch generate`";function Se({monitors:e,config:t}){let{triggers:n,problems:r}=we({monitors:e,schedule:t.schedule}),o=Z([t.monitorDefaults,...e].flatMap(({channels:f=[]})=>f)),i=e.map(({instance:f})=>f??t.monitorDefaults.instance),a=Y(t.instances,i),{workflow:l}=t,{pullRequest:c}=l,d=new Map;if(c!==null){let f=ue({marker:Te,workflow:l,pullRequest:c,servers:a});d.set(`${y}/partwatch-pull-request.yml`,f)}d.set(`${y}/partwatch.yml`,me({marker:Te,triggers:n,config:t,needs:o,servers:a}));let p=a.length*t.shards;return{files:d,problems:[...r,...dt(t.workflow),...ct(p)]}}s(Se,"workflowFiles");function ct(e){if(e<=L)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${L} of a matrix.`;return[{file:I,path:"shards",message:t}]}s(ct,"matrixProblems");function ve(e){return e.replace(/^\uFEFF/,"").startsWith(lt)}s(ve,"isGenerated");function dt({action:e,actionIsNamed:t,checkout:n,stepsBefore:r}){let o=`is not set, so the workflows run the release that this version of Partwatch knows (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t?[]:[B("workflow.action",o)],...U("workflow.action",e),...U("workflow.checkout",n),...r.flatMap((i,a)=>ut(`workflow.steps_before[${a}]`,i))]}s(dt,"actionProblems");function ut(e,t){return t.uses===void 0==(t.run===void 0)?[{file:I,path:e,message:"a step has either uses or run."}]:t.uses===void 0?[]:U(`${e}.uses`,T(t.uses))}s(ut,"stepProblems");function U(e,{uses:t,version:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let r=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(r===void 0){let o=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:I,path:e,message:o}]}if(!/^[0-9a-f]{40}$/.test(r)){let o=`"${t.slice(0,-r.length)}<commit SHA> # ${r}"`;return[B(e,`"${t}" can change under your feet; pin it by commit: ${o}.`)]}return n!==null?[]:[B(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}s(U,"referenceProblems");var I="partwatch.yaml";function B(e,t){return{file:I,path:e,message:t,severity:"warning"}}s(B,"warning");import{execFile as mt}from"node:child_process";import{mkdir as Re,mkdtemp as pt,rm as ft,writeFile as gt}from"node:fs/promises";import{tmpdir as ht}from"node:os";import{dirname as _e,join as k}from"node:path";import{promisify as yt}from"node:util";async function Oe({path:e,before:t,after:n}){let r=await pt(k(ht(),"partwatch-diff-"));try{return await Me(k(r,"a"),e,t),await Me(k(r,"b"),e,n),await wt(r)}finally{await ft(r,{recursive:!0,force:!0})}}s(Oe,"fileDiff");async function Me(e,t,n){await Re(e,{recursive:!0}),n!==null&&(await Re(_e(k(e,t)),{recursive:!0}),await gt(k(e,t),n))}s(Me,"put");async function wt(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],n=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],r={...process.env,GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1",LC_ALL:"C"},o={GIT_CEILING_DIRECTORIES:_e(e),GIT_DIR:void 0,GIT_WORK_TREE:void 0};try{return await yt(mt)("git",[...t,...n,"a","b"],{cwd:e,env:{...r,...o}}),""}catch(i){let{code:a,stdout:l}=bt(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}s(wt,"gitDiff");function bt(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}s(bt,"failed");async function Hn(e){let{root:t,check:n,monitors:r,config:o}=e,{files:i,problems:a}=Se({monitors:r,config:o}),l=await _t(t,[...i.keys()]),c=[...e.problems??[],...a,...l.problems];if(c.some(({severity:u})=>u!=="warning"))return{written:[],removed:[],diffs:new Map,texts:new Map,problems:c};let d=[...i].filter(([u,P])=>l.texts.get(u)!==P),p=[...l.texts.keys()].filter(u=>!i.has(u)),f=[...d,...p.map(u=>[u,null])],J=new Map;for(let[u,P]of f)J.set(u,await Oe({path:u,before:l.texts.get(u)??null,after:P}));return n||await It(t,f),{written:d.map(([u])=>u),removed:p,diffs:J,texts:new Map(f),problems:c}}s(Hn,"generate");async function _t(e,t){let n=await Et(e);if(n!==null)return{texts:new Map,problems:[n]};let o=(await kt(w(e,y),{withFileTypes:!0}).catch(Ie([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of o){let c=`${y}/${l.name}`,d=l.isFile()?await Tt(w(e,c),"utf8"):"";ve(d)?i.set(c,d.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:Ot})}return{texts:i,problems:a}}s(_t,"readWorkflows");var Ot="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function Et(e){for(let t of[".github",y]){let n=await $t(w(e,t)).catch(Ie(null));if(n===null)return null;let r=Rt(await Ee(e),await Ee(w(e,t)));if(!n.isDirectory()||r!==t.replaceAll("/",Mt))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}s(Et,"escapeProblem");function Ie(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(Ie,"ifMissing");async function It(e,t){t.length>0&&await xt(w(e,y),{recursive:!0});for(let[n,r]of t)r===null?await St(w(e,n)):await vt(w(e,n),r)}s(It,"apply");function Vn(e,t){return{monitors:e.outcomes.map(Pt),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t,times:e.times}}s(Vn,"runJson");function Pt(e){let{monitor:t,reason:n}=e.selected,r=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:v(e),reason:n,error:R(e)??null,hash:r?.checked.hash??null,told:r?.tellings.deliveries.map(At)??[],report:r?.checked.report??null}}s(Pt,"monitorJson");function At({channel:e,reason:t,outcome:n}){let r={ref:null,accepted:[],pending:[],refused:[],error:null};switch(n.kind){case"would_tell":return{channel:e,reason:t,outcome:"would_tell",...r};case"failed":return{channel:e,reason:t,outcome:"failed",...r,refused:H(n.refused),error:n.failure};case"accepted":{let{told:o,accepted:i,pending:a,refused:l}=n;return{channel:e,reason:t,outcome:"accepted",ref:o.ref,accepted:i,pending:H(a),refused:H(l),error:null}}default:return n}}s(At,"toldJson");function H(e){return e.map(({address:t})=>t)}s(H,"addresses");function Xn(e){let{read:t,renames:n}=e,r=new Set(t.monitors.map(i=>i.id.toLowerCase())),o=n.flatMap(({from:i,to:a,before:l})=>{let c=t.monitors.find(f=>f.file===a),{id:d}=X({file:i,text:l,config:t.config,now:Lt});if(c===void 0||d===void 0||c.id!==Wt(a)||r.has(d.toLowerCase()))return[];let p=`was ${i}; as monitor ${c.id} it starts anew, with a first mail. To go on as before, add \`id: ${d}\`.`;return[{file:a,line:1,column:1,path:"id",message:p,severity:"warning"}]});return[...t.problems,...o]}s(Xn,"validate");var Lt=new Date(0);function Wt(e){return e.slice(e.lastIndexOf("/")+1).replace(/\.ya?ml$/i,"")}s(Wt,"stem");export{_ as a,oe as b,Ct as c,Nt as d,Xt as e,Fe as f,Ge as g,y as h,Hn as i,Vn as j,Xn as k};
