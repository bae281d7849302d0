import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{f as x,g as W,h as R,j as me,t as C,u as D}from"./chunk-OXOJVQE2.mjs";import{a as k,b as G}from"./chunk-SSVMWFOV.mjs";import{a as o,d as fe}from"./chunk-DMPNIYC3.mjs";var tt=["short","critical"];function rt(e){return({summary:t})=>{let r=t.short+(t.low??0)+(t.out??0)>0;switch(e){case void 0:return!1;case"short":return r;case"critical":return r||t.critical>0;default:return e}}}o(rt,"failsOn");var j={error:0,warning:1,info:2,debug:3};function pe(e,t={}){let n=(e.secrets??[]).filter(i=>i.length>3).flatMap(i=>[i,JSON.stringify(i).slice(1,-1)]),s=o(i=>(a,l={})=>{if(j[i]>j[e.level])return;let c={...t,...l},d=e.format==="json"?he(e.now(),i,a,c):ye(e.now(),i,a,c);e.write(`${n.reduce((w,f)=>w.replaceAll(f,"***"),d)}
`)},"at");return{error:s("error"),warning:s("warning"),info:s("info"),debug:s("debug"),with:o(i=>pe(e,{...t,...i}),"with")}}o(pe,"createLog");var ge={error:o(()=>{},"error"),warning:o(()=>{},"warning"),info:o(()=>{},"info"),debug:o(()=>{},"debug"),with:o(()=>ge,"with")};function he(e,t,r,n){return JSON.stringify({time:e.toISOString(),level:t,...n,message:r})}o(he,"jsonLine");function ye(e,t,r,n){let{monitor:s,step:i,...a}=n,l=[s,i].filter(f=>f!==void 0).join(" "),c=Object.entries(a).flatMap(([f,b])=>b===void 0?[]:[`${f}=${b}`]),d=[l===""?r:`${l}: ${r}`,...c].join(" "),w=Array.from(d,f=>we(f)?" ":f).join("");return`${e.toISOString().slice(11,19)} ${t.padEnd(7)} ${w}`}o(ye,"textLine");function we(e){let t=e.codePointAt(0)??0;return t<32||t>=127&&t<=159||t===8232||t===8233}o(we,"isControl");import{lstat as je,mkdir as qe,readdir as Ue,readFile as Je,realpath as ue,rm as ze,writeFile as He}from"node:fs/promises";import{join as y,relative as Be,sep as Ke}from"node:path";var m=fe(me(),1);function p(e){return(0,m.stringify)(e,{...E,defaultStringType:"QUOTE_DOUBLE"}).trimEnd()}o(p,"quoted");function S(e){return typeof e=="string"?q(e):`[${e.map(q).join(", ")}]`}o(S,"runnerText");function g(e){let t=/^[\w./@-]+$/.test(e.uses)?e.uses:p(e.uses),r=J(e);return r===null?t:`${t} # ${r}`}o(g,"usesText");function U(e,t){if(e.length===0)return"";let r=new m.Document(e,E);for(let n of(0,m.isSeq)(r.contents)?r.contents.items:[]){let s=(0,m.isMap)(n)?n.get("uses",!0):void 0;if(!(0,m.isScalar)(s))continue;let i=x(String(s.value)),a=J(i);s.value=i.uses,s.type="PLAIN",s.comment=a===null?null:` ${a}`}return r.toString(E).replaceAll(/^(?=.)/gm," ".repeat(t))}o(U,"stepsText");var E={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function J({uses:e,version:t}){return t!==null?k(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}o(J,"usesComment");function q(e){return/^[A-Za-z][\w.-]*$/.test(e)?e:p(e)}o(q,"label");function z({marker:e,runsOn:t,checkout:r,action:n}){return`${e}
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
    runs-on: ${S(t)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${g(r)}
        with:
          persist-credentials: false
          fetch-depth: 2 # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${g(n)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${g(n)}
        with:
          command: generate-check
`}o(z,"pullRequestWorkflowText");function B({marker:e,triggers:t,config:r}){let{workflow:n}=r;return`${e}
name: Partwatch

on:
${$e(t)}  # A monitor that was added or changed is checked at once.
  push:
    branches: [${p(n.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${be}
# Nothing is granted but what a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run that somebody asked for stands alone: of those that wait GitHub keeps only the
# newest, and what was asked for would be lost. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due
${xe(n)}    permissions:
      contents: write # commits what was told to the state branch
    steps:
      - name: Check out the monitors
        uses: ${g(n.checkout)}
        with:
          persist-credentials: false # state is committed through the API
${U(n.stepsBefore,6)}      - name: Check, tell and remember
        uses: ${g(n.action)}
        with:
          command: run
          # Empty unless the run was started by hand. What a repository_dispatch asks for is read from its event file.
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
        env:
${ke.map(([s,i])=>`          ${s}: \${{ ${i} }}
`).join("")}`}o(B,"runWorkflowText");var be=`  workflow_dispatch:
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
`,ke=[...["INVENTREE_URL"].map(v),...["INVENTREE_API_TOKEN"].map(H),...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(v),...["EMAIL_PASSWORD"].map(H),...["EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(v)];function v(e){return[e,`vars.${e} || secrets.${e}`]}o(v,"either");function H(e){return[e,`secrets.${e}`]}o(H,"secret");function $e(e){return e.length===0?"":`  # When GitHub wakes the checks. Which monitors are due, the run decides itself.
  schedule:
${e.map(Te).join("")}`}o($e,"scheduleText");function Te({cron:e,zone:t,reasons:r}){let n=r.map(i=>`    # ${i}
`).join(""),s=t===null?"":`      timezone: ${p(t)}
`;return`${n}    - cron: ${p(e)}
${s}`}o(Te,"triggerText");function xe({condition:e,runsOn:t,environment:r,timeoutMinutes:n}){return[...e===null?[]:[`if: ${p(e)}`],`runs-on: ${S(t)}`,...r===null?[]:[`environment: ${p(r)}`],`timeout-minutes: ${n}`].map(s=>`    ${s}
`).join("")}o(xe,"jobText");function M(e){let[t="",r="",n="",s="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=o(d=>a&&d.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[$(t,59),$(r,23),l(n)?L(e.daysOfMonth):$(n,31),V(s)?L(e.months):$(s,12),V(i)||c||l(i)?L(e.daysOfWeek):$(i,6)].join(" ")}o(M,"githubCron");function Y(e){let t=e.hours.flatMap(a=>e.minutes.map(l=>a*60+l)),[r=0]=t,s=e.anyDayOfMonth&&e.anyDayOfWeek?[...t,r+K]:t,i=s.slice(1).map((a,l)=>a-(s[l]??a));return Math.min(K,...i)}o(Y,"smallestGapMinutes");var K=1440;function V(e){return/[a-z]/i.test(e)}o(V,"named");function $(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}o($,"digits");function L(e){let t=e.filter(n=>!e.includes(n-1)),r=e.filter(n=>!e.includes(n+1));return t.map((n,s)=>n===r[s]?`${n}`:`${n}-${r[s]}`).join(",")}o(L,"ranges");var Se=20;function Q({monitors:e,schedule:t}){let r=e.filter(a=>a.active).toSorted((a,l)=>re(a.file,l.file)),s=t.mode==="exact"&&t.target==="github"?_e(r):Re(t,r.length),i=Ee(t);return{triggers:A([...s.triggers,...i.triggers]),problems:[...ve(t),...s.problems,...i.problems]}}o(Q,"scheduleTriggers");function _e(e){let t=e.map(s=>({cron:M(R(s.cron_schedule)),zone:Le(s.timezone),reasons:[`${k(s.file)}: ${G(k(s.name),80)}`]})),r=A(t).length,n=`The active monitors have ${r} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:A(t),problems:[...e.flatMap(s=>ee({file:s.file,path:"cron_schedule",text:s.cron_schedule})),...r>Se?[te("schedule.mode",n)]:[]]}}o(_e,"exactTriggers");function Re({tick:e},t){let r=t===1?"the one active monitor":`all ${t} active monitors`;return X({path:"schedule.tick",text:e,reason:`The tick of ${r}.`})}o(Re,"tickTriggers");function Ee({catchUp:e}){return e===null?{triggers:[],problems:[]}:X({path:"schedule.catch_up",text:e,reason:"Catches up: triggers that GitHub dropped, failed checks, mails that are owed."})}o(Ee,"catchUpTriggers");function X({path:e,text:t,reason:r}){let n=W(t);if(n.kind==="invalid"){let i=n.problems.map(a=>({file:P,path:e,message:`"${t}": ${a}`}));return{triggers:[],problems:i}}return{triggers:[{cron:M(n.cron),zone:null,reasons:[r]}],problems:ee({file:P,path:e,text:t})}}o(X,"setTrigger");function ee({file:e,path:t,text:r}){let n=[],s=R(r),i=Y(s);if(i<5){let a=`"${s.text}" asks for a start every ${i===1?"minute":`${i} minutes`}; GitHub takes that and never starts it. Leave at least ${5} minutes.`;n.push({file:e,path:t,message:a})}if(s.minutes.includes(0)){let a=s.minutes.length===1?`write ${s.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",l=`"${s.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${a}.`;n.push({file:e,path:t,message:l,severity:"warning"})}return n}o(ee,"cronProblems");function ve({mode:e,target:t}){return t==="github"||e==="tick"?[]:[te("schedule.mode","GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}o(ve,"modeProblems");var P="partwatch.yaml";function te(e,t){return{file:P,path:e,message:t,severity:"warning"}}o(te,"configWarning");function Le(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}o(Le,"githubZone");function A(e){return[...Map.groupBy(e,({cron:r,zone:n})=>`${n??""} ${r}`)].toSorted(([r],[n])=>re(r,n)).flatMap(([,[r,...n]])=>r===void 0?[]:[{...r,reasons:[r,...n].flatMap(({reasons:s})=>s)}])}o(A,"merge");function re(e,t){return e<t?-1:e>t?1:0}o(re,"compare");var h=".github/workflows",ne="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",Me="# Written by `partwatch generate`";function oe({monitors:e,config:t}){let{triggers:r,problems:n}=Q({monitors:e,schedule:t.schedule}),{pullRequest:s,checkout:i,action:a}=t.workflow,l=new Map;if(s!==null){let c=z({marker:ne,runsOn:s.runsOn,checkout:i,action:a});l.set(`${h}/partwatch-pull-request.yml`,c)}return l.set(`${h}/partwatch.yml`,B({marker:ne,triggers:r,config:t})),{files:l,problems:[...n,...Pe(t.workflow)]}}o(oe,"workflowFiles");function se(e){return e.replace(/^\uFEFF/,"").startsWith(Me)}o(se,"isGenerated");function Pe({action:e,actionIsNamed:t,checkout:r,stepsBefore:n}){let s=`is not set, so the workflows run the release that this version of Partwatch knows (${e.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...t?[]:[I("workflow.action",s)],...O("workflow.action",e),...O("workflow.checkout",r),...n.flatMap((i,a)=>Ae(`workflow.steps_before[${a}]`,i))]}o(Pe,"actionProblems");function Ae(e,t){return t.uses===void 0==(t.run===void 0)?[{file:F,path:e,message:"a step has either uses or run."}]:t.uses===void 0?[]:O(`${e}.uses`,x(t.uses))}o(Ae,"stepProblems");function O(e,{uses:t,version:r}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let n=/^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(t)?.[1];if(n===void 0){let s=`"${t}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:F,path:e,message:s}]}if(!/^[0-9a-f]{40}$/.test(n)){let s=`"${t.slice(0,-n.length)}<commit SHA> # ${n}"`;return[I(e,`"${t}" can change under your feet; pin it by commit: ${s}.`)]}return r!==null?[]:[I(e,`"${t}" does not say its version; write it behind, within quotes: "${t} # v1.2.3".`)]}o(O,"referenceProblems");var F="partwatch.yaml";function I(e,t){return{file:F,path:e,message:t,severity:"warning"}}o(I,"warning");import{execFile as Oe}from"node:child_process";import{mkdir as ie,mkdtemp as Ie,rm as Fe,writeFile as Ne}from"node:fs/promises";import{tmpdir as Ge}from"node:os";import{dirname as le,join as T}from"node:path";import{promisify as We}from"node:util";async function ce({path:e,before:t,after:r}){let n=await Ie(T(Ge(),"partwatch-diff-"));try{return await ae(T(n,"a"),e,t),await ae(T(n,"b"),e,r),await Ce(n)}finally{await Fe(n,{recursive:!0,force:!0})}}o(ce,"fileDiff");async function ae(e,t,r){await ie(e,{recursive:!0}),r!==null&&(await ie(le(T(e,t)),{recursive:!0}),await Ne(T(e,t),r))}o(ae,"put");async function Ce(e){let t=["-c","core.autocrlf=false","-c","core.quotePath=false","diff","--no-index","--no-prefix"],r=["--no-color","--no-ext-diff","--no-textconv","--text","--diff-algorithm=myers","--unified=3"],n={...process.env,GIT_CONFIG_GLOBAL:"/dev/null",GIT_CONFIG_NOSYSTEM:"1",LC_ALL:"C"},s={GIT_CEILING_DIRECTORIES:le(e),GIT_DIR:void 0,GIT_WORK_TREE:void 0};try{return await We(Oe)("git",[...t,...r,"a","b"],{cwd:e,env:{...n,...s}}),""}catch(i){let{code:a,stdout:l}=De(i);if(a!==1)throw new Error("git diff failed; is Git installed?",{cause:i});return l}}o(Ce,"gitDiff");function De(e){return!(e instanceof Error)||!("code"in e)||!("stdout"in e)?{code:null,stdout:""}:{code:e.code,stdout:String(e.stdout)}}o(De,"failed");async function jt(e){let{root:t,check:r,monitors:n,config:s}=e,{files:i,problems:a}=oe({monitors:n,config:s}),l=await Ve(t,[...i.keys()]),c=[...e.problems??[],...a,...l.problems];if(c.some(({severity:u})=>u!=="warning"))return{written:[],removed:[],diffs:new Map,problems:c};let d=[...i].filter(([u,_])=>l.texts.get(u)!==_),w=[...l.texts.keys()].filter(u=>!i.has(u)),f=[...d,...w.map(u=>[u,null])],b=new Map;for(let[u,_]of f)b.set(u,await ce({path:u,before:l.texts.get(u)??null,after:_}));return r||await Qe(t,f),{written:d.map(([u])=>u),removed:w,diffs:b,problems:c}}o(jt,"generate");async function Ve(e,t){let r=await Ze(e);if(r!==null)return{texts:new Map,problems:[r]};let s=(await Ue(y(e,h),{withFileTypes:!0}).catch(de([]))).filter(({name:l})=>/\.ya?ml$/.test(l)).toSorted((l,c)=>l.name<c.name?-1:1),i=new Map,a=[];for(let l of s){let c=`${h}/${l.name}`,d=l.isFile()?await Je(y(e,c),"utf8"):"";se(d)?i.set(c,d.replaceAll(`\r
`,`
`)):t.includes(c)&&a.push({file:c,message:Ye})}return{texts:i,problems:a}}o(Ve,"readWorkflows");var Ye="stands where Partwatch writes its workflow, and was not written by it; rename or remove it, then run partwatch generate again.";async function Ze(e){for(let t of[".github",h]){let r=await je(y(e,t)).catch(de(null));if(r===null)return null;let n=Be(await ue(e),await ue(y(e,t)));if(!r.isDirectory()||n!==t.replaceAll("/",Ke))return{file:t,message:"is no folder of this repository; make it one, then run partwatch generate again."}}return null}o(Ze,"escapeProblem");function de(e){return t=>{if(t.code==="ENOENT")return e;throw t}}o(de,"ifMissing");async function Qe(e,t){t.length>0&&await qe(y(e,h),{recursive:!0});for(let[r,n]of t)n===null?await ze(y(e,r)):await He(y(e,r),n)}o(Qe,"apply");function zt(e,t){return{monitors:e.outcomes.map(Xe),problems:e.read.problems,failures:e.failures,state:{commit:e.committed?.commit??null,conflicts:e.committed?.conflicts??0,error:e.stateFailure},spent:t}}o(zt,"runJson");function Xe(e){let{monitor:t,reason:r}=e.selected,n=e.kind==="checked"?e:void 0;return{id:t.id,name:t.name,outcome:C(e),reason:r,error:D(e)??null,hash:n?.checked.hash??null,told:n?.tellings.deliveries.map(et)??[],report:n?.checked.report??null}}o(Xe,"monitorJson");function et({channel:e,reason:t,outcome:r}){let n={ref:null,accepted:[],pending:[],refused:[],error:null};switch(r.kind){case"would_tell":return{channel:e,reason:t,outcome:"would_tell",...n};case"failed":return{channel:e,reason:t,outcome:"failed",...n,refused:N(r.refused),error:r.failure};case"accepted":{let{told:s,accepted:i,pending:a,refused:l}=r;return{channel:e,reason:t,outcome:"accepted",ref:s.ref,accepted:i,pending:N(a),refused:N(l),error:null}}default:return r}}o(et,"toldJson");function N(e){return e.map(({address:t})=>t)}o(N,"addresses");export{tt as a,rt as b,pe as c,ge as d,jt as e,zt as f};
