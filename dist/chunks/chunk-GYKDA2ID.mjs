import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as S}from"./chunk-BL6HIFBC.mjs";import{a as ee,c as L}from"./chunk-THNK7ZWC.mjs";import{a as R,b as M}from"./chunk-WAZ7TRBC.mjs";import{A as Y,D as Oe,K as Z,m as z,n as B,q as K,t as T,u as V,v as I,x as A}from"./chunk-H4AUGEC3.mjs";import{c as Q,e as X}from"./chunk-OEQVATBJ.mjs";import{a as $,b as J}from"./chunk-SSVMWFOV.mjs";import{a as s,d as _e}from"./chunk-DMPNIYC3.mjs";var Et=["short","critical"];function It(e){return({summary:t})=>{let n=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return n;case"critical":return n||t.critical>0;default:return e}}}s(It,"failsOn");function te(e,t){let n=`${e.requests} requests, ${e.retries} retries, ${(e.bytes/1024).toFixed(0)} KiB`,{server:r,calculation:o,mail:i,state:a}=t;return[`InvenTree: ${n}, ${v(r)}.`,`Calculation ${v(o)}, mail ${v(i)}, state ${v(a)}.`]}s(te,"budgetWords");function v(e){return`${(e/1e3).toFixed(1)} s`}s(v,"seconds");var Pe={bad:"31",warn:"33",good:"32",muted:"2",title:"1"};function _(e){return(t,n)=>e&&t!==""?`\x1B[${Pe[n]}m${t}\x1B[0m`:t}s(_,"painter");function ne(e,t){let n=_(t.color),r=e.facts.map(({label:i,text:a,tone:l})=>`${i} ${n(a,l)}`);return`${[[n(e.name,"title"),`${n(e.headline,e.status==="short"?"bad":"good")} \xB7 ${e.checkedAt}`,...e.since===void 0?[]:[e.since],...Ie(r,t.columns)].join(`
`),...e.sections.map(i=>Ee(i,t))].join(`

`)}
`}s(ne,"renderView");function Ee(e,{columns:t,color:n,rows:r}){let o=_(n),i=r===void 0?e:Q(e,r),a=i.folded===0?[]:[`\u2026 and ${i.folded} more`],l=i.rows.length===0?[]:[S(i,{width:t,paint:o})],c=i.lead===void 0?[]:L(i.lead,t),d=i.notes.flatMap(u=>L(u,t));return[o(i.title,"title"),...c,...l,...a,...d].map(u=>u.trimEnd()).join(`
`)}s(Ee,"renderSection");function Ie(e,t){let n=[];for(let r of e){let o=n.length===0?r:`${n.at(-1)} \xB7 ${r}`;n.length===0||Ae(o)>t?n.push(r):n[n.length-1]=o}return n}s(Ie,"wrap");function Ae(e){return ee(e.replace(/\u001b\[\d+m/g,""))}s(Ae,"visibleLength");function Kt(e,{io:t,spent:n}){return[...e.outcomes.some(({kind:o})=>o==="checked")?[Le(e,t)]:[],Ce(e,t),`${je(e,n)}
`].join(`
`)}s(Kt,"renderRun");function Le({outcomes:e},t){return e.flatMap(n=>n.kind==="checked"?[We(n,t)]:[]).join(`
`)}s(Le,"renderReports");function Ce(e,{columns:t,color:n}){let r=_(n),o=e.outcomes.length===0?"Nothing is due.":S(Ge(e),{width:t,paint:r}).trimEnd(),i=e.read.problems.map(B);return`${[o,...i,...e.failures.map(a=>r(a,"bad"))].join(`
`)}
`}s(Ce,"renderOverview");function We({selected:e,checked:t,tellings:n,startedAt:r},o){let[i]=n.deliveries,a=X({report:t.report,monitor:e.monitor,at:r,alerts:t.alerts,episode:n.episode??e.state?.episode??null,...i===void 0?{}:{change:i.change}});return ne(a,o)}s(We,"reportText");function Ge({outcomes:e}){return{columns:[{title:"Monitor",align:"left",priority:1},{title:"Result",align:"left",priority:1},{title:"Short",align:"right",priority:1},{title:"To build",align:"right",priority:3},{title:"Told",align:"left",priority:2}],rows:e.map(t=>({cells:Fe(t)}))}}s(Ge,"overview");function Fe(e){let{id:t}=e.selected.monitor,n=De(e),r=M(e)===void 0?{}:{tone:"bad"};if(e.kind!=="checked")return[{text:t},{text:n,...r},{text:"\u2013"},{text:"\u2013"},{text:""}];let{short:o,to_build:i}=e.checked.report.summary,a=o>0?{tone:"bad"}:{};return[{text:t},{text:n,...r},{text:String(o),...a},{text:String(i)},{text:Ne(e)}]}s(Fe,"overviewCells");function De(e){return e.kind==="checked"&&e.tellings.deliveries.some(n=>n.outcome.kind==="would_tell")?"checked":R(e).replace("_"," ")}s(De,"resultWord");function Ne({tellings:e}){let t=e.deliveries.map(({channel:n,reason:r,outcome:o})=>o.kind==="would_tell"?`would be told by ${n} (${r})`:o.kind==="failed"?`${n} failed`:`${n} (${r}): ${o.accepted.join(", ")}`);return t.length===0?"nothing to tell":t.join("; ")}s(Ne,"toldWords");function je({committed:e,outcomes:t,times:n},r){let o=e===null?"Nothing was committed.":`State: ${e.commit.slice(0,12)}.`;return t.length===0?o:`${te(r,n).join(`
`)} ${o}`}s(je,"closing");import{lstat as gt,mkdir as ht,readdir as yt,readFile as wt,realpath as Me,rm as bt,writeFile as $t}from"node:fs/promises";import{join as b,relative as kt,sep as xt}from"node:path";var f=_e(Oe(),1);function p(e){return(0,f.stringify)(e,{...C,defaultStringType:"QUOTE_DOUBLE"}).trimEnd()}s(p,"quoted");function O(e){return typeof e=="string"?re(e):`[${e.map(re).join(", ")}]`}s(O,"runnerText");function y(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:p(e.uses),n=se(e);return n===null?t:`${t} # ${n}`}s(y,"usesText");function oe(e,t){if(e.length===0)return"";let n=new f.Document(e,C);for(let r of(0,f.isSeq)(n.contents)?n.contents.items:[]){let o=(0,f.isMap)(r)?r.get("uses",!0):void 0;if(!(0,f.isScalar)(o))continue;let i=T(String(o.value)),a=se(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return n.toString(C).replaceAll(/^(?=.)/gm," ".repeat(t))}s(oe,"stepsText");var C={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function se({uses:e,version:t}){return t!==null?$(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(se,"usesComment");function re(e){return/^[A-Za-z][\w.-]*$/.test(e)?e:p(e)}s(re,"label");function ie({marker:e,runsOn:t,checkout:n,action:r}){return`${e}
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
    runs-on: ${O(t)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${y(n)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${y(r)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${y(r)}
        with:
          command: generate-check
`}s(ie,"pullRequestWorkflowText");function ae({servers:e,variables:t,perServer:n}){return[...Ue(e,n),...qe,...t.map(G)].map(([o,i])=>`          ${o}: \${{ ${i} }}
`).join("")}s(ae,"environmentText");var qe=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(W),...["EMAIL_PASSWORD"].map(G),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(W)];function Ue(e,t){let n=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=n.has(o)?G(o):W(o),a=e.filter(({urlEnv:d,tokenEnv:u})=>d===o||u===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:d})=>`matrix.instance == '${d}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(Ue,"serverLines");function W(e){return[e,`vars.${e} || secrets.${e}`]}s(W,"either");function G(e){return[e,`secrets.${e}`]}s(G,"secret");function le({marker:e,triggers:t,config:n,needs:r,servers:o}){let{workflow:i,shards:a}=n,l={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${Ke(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${p(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${ze}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${He(l)}
${Je(l,{servers:o,shards:a})}${Ye(i)}    permissions:
      contents: write # commits what was told to the state branch
${r.issues?Be:""}    steps:
      - name: Check out the monitors
        uses: ${y(i.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${oe(i.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${y(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
${ce(l).map(c=>`          ${c}: \${{ matrix.${c} }}
`).join("")}        env:
${ae({servers:o,variables:r.variables,perServer:l.instance})}`}s(le,"runWorkflowText");function ce({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(ce,"axesOf");function He(e){let t=ce(e).map(n=>`\${{ matrix.${n} }}`);return t.length===0?"":` (${t.join(", ")})`}s(He,"matrixName");function Je({instance:e,shard:t},{servers:n,shards:r}){if(!e&&!t)return"";let o=n.map(({label:a})=>p(a)).join(", "),i=Y(r).map(p).join(", ");return["# Each job sees to its own monitors; one that fails stops none of the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(Je,"matrixText");var ze=`  workflow_dispatch:
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
`,Be=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function Ke(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(Ve).join("")}`}s(Ke,"scheduleText");function Ve({cron:e,zone:t,reasons:n}){let r=n.map(i=>`    # ${i}
`).join(""),o=t===null?"":`      timezone: ${p(t)}
`;return`${r}    - cron: ${p(e)}
${o}`}s(Ve,"triggerText");function Ye({condition:e,runsOn:t,environment:n,timeoutMinutes:r}){return[...e===null?[]:[`if: ${p(e)}`],`runs-on: ${O(t)}`,...n===null?[]:[`environment: ${p(n)}`],`timeout-minutes: ${r}`].map(o=>`    ${o}
`).join("")}s(Ye,"jobText");function D(e){let[t="",n="",r="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(d=>a&&d.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[k(t,59),k(n,23),l(r)?F(e.daysOfMonth):k(r,31),ue(o)?F(e.months):k(o,12),ue(i)||c||l(i)?F(e.daysOfWeek):k(i,6)].join(" ")}s(D,"githubCron");function me(e){let t=e.hours.flatMap(a=>e.minutes.map(l=>a*60+l)),[n=0]=t,o=e.anyDayOfMonth&&e.anyDayOfWeek?[...t,n+de]:t,i=o.slice(1).map((a,l)=>a-(o[l]??a));return Math.min(de,...i)}s(me,"smallestGapMinutes");var de=1440;function ue(e){return/[a-z]/i.test(e)}s(ue,"named");function k(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(k,"digits");function F(e){let t=e.filter(r=>!e.includes(r-1)),n=e.filter(r=>!e.includes(r+1));return t.map((r,o)=>r===n[o]?`${r}`:`${r}-${n[o]}`).join(",")}s(F,"ranges");var Ze=20;function pe({monitors:e,schedule:t}){let n=e.filter(a=>a.active).toSorted((a,l)=>we(a.file,l.file)),o=t.mode==="exact"&&t.target==="github"?Qe(n):Xe(t,n.length),i=et(t);return{triggers:j([...o.triggers,...i.triggers]),problems:[...tt(t),...o.problems,...i.problems]}}s(pe,"scheduleTriggers");function Qe(e){let t=e.map(o=>({cron:D(I(o.cron_schedule)),zone:nt(o.timezone),reasons:[`${$(o.file)}: ${J($(o.name),80)}`]})),n=j(t).length,r=`The active monitors have ${n} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:j(t),problems:[...e.flatMap(o=>he({file:o.file,path:"cron_schedule",text:o.cron_schedule})),...n>Ze?[ye("schedule.mode",r)]:[]]}}s(Qe,"exactTriggers");function Xe({tick:e},t){let n=t===1?"the one active monitor":`all ${t} active monitors`;return ge({path:"schedule.tick",text:e,reason:`The tick of ${n}.`})}s(Xe,"tickTriggers");function et({catchUp:e}){return e===null?{triggers:[],problems:[]}:ge({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}s(et,"catchUpTriggers");function ge({path:e,text:t,reason:n}){let r=V(t);if(r.kind==="invalid"){let i=r.problems.map(a=>({file:N,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:D(r.cron),zone:null,reasons:[n]}],problems:he({file:N,path:e,text:t})}}s(ge,"setTrigger");function he({file:e,path:t,text:n}){let r=[],o=I(n),i=me(o);if(i<5){let a=`"${o.text}" asks for a start every ${i===1?"minute":`${i} minutes`}; GitHub takes that and never starts it. Leave at least ${5} minutes.`;r.push({file:e,path:t,message:a})}if(o.minutes.includes(0)){let a=o.minutes.length===1?`write ${o.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${o.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;r.push({file:e,path:t,message:l,severity:"warning"})}return r}s(he,"cronProblems");function tt({mode:e,target:t}){return t==="github"||e==="tick"?[]:[ye("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(tt,"modeProblems");var N="partwatch.yaml";function ye(e,t){return{file:N,path:e,message:t,severity:"warning"}}s(ye,"configWarning");function nt(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(nt,"githubZone");function j(e){return[...Map.groupBy(e,({cron:n,zone:r})=>`${r??""} ${n}`)].toSorted(([n],[r])=>we(n,r)).flatMap(([,[n,...r]])=>n===void 0?[]:[{...n,reasons:[n,...r].flatMap(({reasons:o})=>o)}])}s(j,"merge");function we(e,t){return e<t?-1:e>t?1:0}s(we,"compare");var w=".github/workflows",be="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",rt="# Written by `partwatch generate`";function $e({monitors:e,config:t}){let{triggers:n,problems:r}=pe({monitors:e,schedule:t.schedule}),o=K([t.monitorDefaults,...e].flatMap(({channels:g=[]})=>g)),i=e.map(({instance:g})=>g??t.monitorDefaults.instance),a=z(t.instances,i),{pullRequest:l,checkout:c,action:d}=t.workflow,u=new Map;if(l!==null){let g=ie({marker:be,runsOn:l.runsOn,checkout:c,action:d});u.set(`${w}/partwatch-pull-request.yml`,g)}u.set(`${w}/partwatch.yml`,le({marker:be,triggers:n,config:t,needs:o,servers:a}));let h=a.length*t.shards;return{files:u,problems:[...r,...st(t.workflow),...ot(h)]}}s($e,"workflowFiles");function ot(e){if(e<=A)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${A} of a matrix.`;return[{file:P,path:"shards",message:t}]}s(ot,"matrixProblems");function ke(e){return e.replace(/^\uFEFF/,"").startsWith(rt)}s(ke,"isGenerated");function st({action:e,actionIsNamed:t,checkout:n,stepsBefore:r}){let o=`is not set, so the workflows run the release that this version of Partwatch knows (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t?[]:[U("workflow.action",o)],...q("workflow.action",e),...q("workflow.checkout",n),...r.flatMap((i,a)=>it(`workflow.steps_before[${a}]`,i))]}s(st,"actionProblems");function it(e,t){return t.uses===void 0==(t.run===void 0)?[{file:P,path:e,message:"a step has either uses or run."}]:t.uses===void 0?[]:q(`${e}.uses`,T(t.uses))}s(it,"stepProblems");function q(e,{uses:t,version:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let r=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(r===void 0){let o=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:P,path:e,message:o}]}if(!/^[0-9a-f]{40}$/.test(r)){let o=`"${t.slice(0,-r.length)}<commit SHA> # ${r}"`;return[U(e,`"${t}" can change under your feet; pin it by commit: ${o}.`)]}return n!==null?[]:[U(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}s(q,"referenceProblems");var P="partwatch.yaml";function U(e,t){return{file:P,path:e,message:t,severity:"warning"}}s(U,"warning");import{execFile as at}from"node:child_process";import{mkdir as xe,mkdtemp as lt,rm as ct,writeFile as dt}from"node:fs/promises";import{tmpdir as ut}from"node:os";import{dirname as Se,join as x}from"node:path";import{promisify as mt}from"node:util";async function Re({path:e,before:t,after:n}){let r=await lt(x(ut(),"partwatch-diff-"));try{return await Te(x(r,"a"),e,t),await Te(x(r,"b"),e,n),await ft(r)}finally{await ct(r,{recursive:!0,force:!0})}}s(Re,"fileDiff");async function Te(e,t,n){await xe(e,{recursive:!0}),n!==null&&(await xe(Se(x(e,t)),{recursive:!0}),await dt(x(e,t),n))}s(Te,"put");async function ft(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],n=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],r={...process.env,GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1",LC_ALL:"C"},o={GIT_CEILING_DIRECTORIES:Se(e),GIT_DIR:void 0,GIT_WORK_TREE:void 0};try{return await mt(at)("git",[...t,...n,"a","b"],{cwd:e,env:{...r,...o}}),""}catch(i){let{code:a,stdout:l}=pt(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}s(ft,"gitDiff");function pt(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}s(pt,"failed");async function Dn(e){let{root:t,check:n,monitors:r,config:o}=e,{files:i,problems:a}=$e({monitors:r,config:o}),l=await Tt(t,[...i.keys()]),c=[...e.problems??[],...a,...l.problems];if(c.some(({severity:m})=>m!=="warning"))return{written:[],removed:[],diffs:new Map,texts:new Map,problems:c};let d=[...i].filter(([m,E])=>l.texts.get(m)!==E),u=[...l.texts.keys()].filter(m=>!i.has(m)),h=[...d,...u.map(m=>[m,null])],g=new Map;for(let[m,E]of h)g.set(m,await Re({path:m,before:l.texts.get(m)??null,after:E}));return n||await Mt(t,h),{written:d.map(([m])=>m),removed:u,diffs:g,texts:new Map(h),problems:c}}s(Dn,"generate");async function Tt(e,t){let n=await Rt(e);if(n!==null)return{texts:new Map,problems:[n]};let o=(await yt(b(e,w),{withFileTypes:!0}).catch(ve([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of o){let c=`${w}/${l.name}`,d=l.isFile()?await wt(b(e,c),"utf8"):"";ke(d)?i.set(c,d.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:St})}return{texts:i,problems:a}}s(Tt,"readWorkflows");var St="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function Rt(e){for(let t of[".github",w]){let n=await gt(b(e,t)).catch(ve(null));if(n===null)return null;let r=kt(await Me(e),await Me(b(e,t)));if(!n.isDirectory()||r!==t.replaceAll("/",xt))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}s(Rt,"escapeProblem");function ve(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(ve,"ifMissing");async function Mt(e,t){t.length>0&&await ht(b(e,w),{recursive:!0});for(let[n,r]of t)r===null?await bt(b(e,n)):await $t(b(e,n),r)}s(Mt,"apply");function Un(e,t){return{monitors:e.outcomes.map(vt),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t,times:e.times}}s(Un,"runJson");function vt(e){let{monitor:t,reason:n}=e.selected,r=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:R(e),reason:n,error:M(e)??null,hash:r?.checked.hash??null,told:r?.tellings.deliveries.map(_t)??[],report:r?.checked.report??null}}s(vt,"monitorJson");function _t({channel:e,reason:t,outcome:n}){let r={ref:null,accepted:[],pending:[],refused:[],error:null};switch(n.kind){case"would_tell":return{channel:e,reason:t,outcome:"would_tell",...r};case"failed":return{channel:e,reason:t,outcome:"failed",...r,refused:H(n.refused),error:n.failure};case"accepted":{let{told:o,accepted:i,pending:a,refused:l}=n;return{channel:e,reason:t,outcome:"accepted",ref:o.ref,accepted:i,pending:H(a),refused:H(l),error:null}}default:return n}}s(_t,"toldJson");function H(e){return e.map(({address:t})=>t)}s(H,"addresses");function Bn(e){let{read:t,renames:n}=e,r=new Set(t.monitors.map(i=>i.id.toLowerCase())),o=n.flatMap(({from:i,to:a,before:l})=>{let c=t.monitors.find(h=>h.file===a),{id:d}=Z({file:i,text:l,config:t.config,now:Ot});if(c===void 0||d===void 0||c.id!==Pt(a)||r.has(d.toLowerCase()))return[];let u=`was ${i}; as monitor ${c.id} it starts anew, with a first mail. To go on as before, add \`id: ${d}\`.`;return[{file:a,line:1,column:1,path:"id",message:u,severity:"warning"}]});return[...t.problems,...o]}s(Bn,"validate");var Ot=new Date(0);function Pt(e){return e.slice(e.lastIndexOf("/")+1).replace(/\.ya?ml$/i,"")}s(Pt,"stem");export{_ as a,ne as b,Et as c,It as d,Kt as e,Le as f,Ce as g,Dn as h,Un as i,Bn as j};
