import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as de,b as he,d as ge,e as we}from"./shared-monitors-read.mjs";import{a as N,d as oe,e as fe}from"./shared-monitors-config.mjs";import{d as E}from"./shared-monitors-monitor.mjs";import{I as se,J as ie,K as ae,L as le,N as ce,O as ue,Q as me,S as D,b as X,e as ee,h as te,i as v,m as W,y as ne}from"./shared-monitors-validators.mjs";import{a as O}from"./shared-core-problem.mjs";import{a as L}from"./shared-core-forge.mjs";import{a as $}from"./shared-core-monitor.mjs";import{a as re}from"./shared-core-text-printable.mjs";import{b as Z}from"./shared-core-records.mjs";import{a as h,b as pe}from"./shared-core-text-plain-text.mjs";import{a as Q,d as P}from"./shared-core-text-foreign-text.mjs";import{a as s}from"./shared-runtime.mjs";function w(e){return e==="ghes"?L.github:e==="gitlab"?"GitLab":L[e]}s(w,"forgeName");import{existsSync as $t}from"node:fs";import{lstat as St,mkdir as kt,readdir as Tt,readFile as xt,realpath as qe,rm as _t,writeFile as Pt}from"node:fs/promises";import{dirname as J,join as g,relative as vt,sep as Et}from"node:path";function ye(e,t){return ce(e,{Scalar:s((r,n)=>{typeof n.value=="string"&&Ue(n.value)&&(n.type=ue.QUOTE_DOUBLE)},"Scalar")}),P(e.toString(t))}s(ye,"safeYaml");function Ue(e){return e.replaceAll(`
`,"").search(Q)>=0}s(Ue,"hasUnsafe");function m(e){return P(D(e,{...C,defaultStringType:"QUOTE_DOUBLE"}).trimEnd())}s(m,"quoted");function S(e){return typeof e=="string"?be(e):`[${e.map(be).join(", ")}]`}s(S,"runnerText");function d(e){let r=/^(?:https?:\/\/[\w.-]+(?::\d+)?\/)?[\w./@-]+$/.test(e.uses)?e.uses:m(e.uses),n=$e(e);return n===null?r:`${r} # ${n}`}s(d,"usesText");function I(e,t){if(e.length===0)return"";let r=new me(e,C);for(let n of le(r.contents)?r.contents.items:[]){let o=ie(n)?n.get("uses",!0):void 0;if(!ae(o))continue;let i=E(String(o.value)),a=$e(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return ye(r,C).replaceAll(/^(?=.)/gm," ".repeat(t))}s(I,"stepsText");var C={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function $e({uses:e,version:t}){return t!==null?h(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s($e,"usesComment");function be(e){return/^[A-Za-z][\w.-]*$/.test(e)&&D(e,C).trimEnd()===e?e:m(e)}s(be,"label");function ke({marker:e,config:t}){let{schedule:r,workflow:n,mail:o}=t,{pullRequest:i,branch:a}=n,l=He(n.action);return`${e}
# Include it in .gitlab-ci.yml:
#
#   include:
#     - local: .gitlab/partwatch.yml
#
# Then, once, in the project: Build, Pipeline schedules: ${r.tick} (UTC), target branch ${h(a)};
# Settings, CI/CD, Job token permissions: allow Git push requests to the repository; CI/CD, Variables: the settings, masked.

.partwatch:
  image: node:24
  interruptible: false
  variables:
    GIT_DEPTH: "0" # the state branch, and a renamed list, have a past
${l.prepare}
partwatch:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
    # A list that was added or changed is checked right away.
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      changes: ["monitors/**/*", "partwatch.yaml"]
    - if: $CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
${ze(n)}  # One run at a time; two at once could not overwrite each other's state either.
  resource_group: partwatch
  script:
    # The job's own token fetches and pushes the state branch; it ends with the job.
    - git remote set-url origin "$CI_REPOSITORY_URL"
    # The runner checks out a commit; only a run on the default branch notifies.
    - git switch --quiet --force-create "$CI_COMMIT_BRANCH"
    - ${l.run} run
${i===null?"":Be({program:l,mail:o,runsOn:i.runsOn})}`}s(ke,"gitlabJobsText");function Be({program:e,mail:t,runsOn:r}){return`
# Merge requests are validated without any setting; problems stand at their lines of the change.
partwatch-validate:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ["monitors/**/*", "partwatch.yaml"${t.template===null?"":`, ${m(t.template)}`}, ".gitlab/partwatch.yml"]
${Te(r)}  script:
    - ${e.run} validate --format codequality > gl-code-quality-report.json || { ${e.run} validate; exit 1; }
    - ${e.run} generate --check
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}s(Be,"validationText");function He({uses:e,version:t}){if(e.startsWith("./"))return{prepare:"",run:`node ${A(`${e.replace(/\/$/,"")}/${Se}`)}`};let[,r="",n="",o=""]=/^(https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)@(\S+)$/.exec(e)??[],i=t===null?"":` # ${h(t)}`;return{prepare:`  before_script:
    - git init --quiet /tmp/partwatch
    - git -C /tmp/partwatch remote add origin ${A(`${r}.git`)}
    - git -C /tmp/partwatch fetch --quiet --depth 1 origin ${A(o)}${i}
    - git -C /tmp/partwatch checkout --quiet --detach FETCH_HEAD
`,run:`node ${A(`/tmp/partwatch${n}/${Se}`)}`}}s(He,"programOf");var Se="dist/cli.mjs";function ze({runsOn:e,environment:t,timeoutMinutes:r}){let n=t===null?"":`  environment:
    name: ${m(t)}
    action: access
`;return`${Te(e)}${n}  timeout: ${r} minutes
`}s(ze,"jobText");function Te(e){let t=typeof e=="string"?[e]:e;return t.includes("ubuntu-latest")?"":`  tags: [${t.map(m).join(", ")}]
`}s(Te,"tagsText");function xe({workflow:e,shards:t}){let r=s((o,i)=>({file:"partwatch.yaml",path:o,message:i}),"problem"),{uses:n}=e.action;return[...e.condition===null?[]:[r("workflow.if","is an expression of GitHub; on GitLab, deactivate the pipeline schedule instead.")],...e.stepsBefore.length===0?[]:[r("workflow.steps_before","are steps of GitHub's workflows; on GitLab, write a before_script for the job partwatch into .gitlab-ci.yml.")],...n.startsWith("docker:")?[r("workflow.action",`"${n}" is a container; GitLab needs the repository or a folder of Partwatch.`)]:[],...t>1?[{...r("shards","has no effect on GitLab: one job checks all lists."),severity:"warning"}]:[]]}s(xe,"gitlabProblems");function A(e){return/^[\w./:@-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}s(A,"shellQuoted");function _e({servers:e,mail:t,variables:r,perServer:n}){return ve([...Ee(e,{perServer:n}),...Ke,...Ye(t),...r.map(k)])}s(_e,"environmentText");function Pe(e){return ve([...Ee(e,{perServer:!1}),b("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(Pe,"previewEnvironmentText");function ve(e){return e.map(([t,r])=>`          ${t}: \${{ ${r} }}
`).join("")}s(ve,"linesText");var Ke=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(b),...["EMAIL_PASSWORD"].map(k),...["EMAIL_EHLO_NAME","EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(b)];function Ye({oauth:e,dkim:t}){return[...e?[...ge.map(b),...we.map(k)]:[],...t?[...de.map(b),...he.map(k)]:[]]}s(Ye,"furtherMail");function Ee(e,{perServer:t}){let r=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=r.has(o)?k(o):b(o),a=e.filter(({urlEnv:u,tokenEnv:f})=>u===o||f===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:u})=>`matrix.instance == '${u}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(Ee,"serverLines");function b(e){return[e,`vars.${e} || secrets.${e}`]}s(b,"either");function k(e){return[e,`secrets.${e}`]}s(k,"secret");function Ce({marker:e,workflow:t,pullRequest:r,servers:n,template:o}){let{checkout:i,action:a}=t;return`${e}
name: Partwatch pull request

on:
  pull_request:
    paths: ["monitors/**", "partwatch.yaml", ${o===null?"":`${m(o)}, `}"${t.folder}/partwatch*.yml"]

# No permissions but those that a job asks for.
permissions: {}

# Only the newest state of a pull request matters.
concurrency:
  group: partwatch-pull-request-\${{ github.event.pull_request.number }}
  cancel-in-progress: true

jobs:
  validate:
    name: Validate the monitors
    runs-on: ${S(r.runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${d(i)}
        with:
          persist-credentials: false
          fetch-depth: ${Ie(t)} # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${d(a)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${d(a)}
        with:
          command: generate-check
${r.preview?Ve(t,n):""}`}s(Ce,"pullRequestWorkflowText");function Ve(e,t){let{stepsBefore:r,namesServers:n}=e,o=n?null:e.environment;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${m(Je(e))}
    runs-on: ${S(e.runsOn)}
${o===null?"":`    environment: ${m(o)}
`}    timeout-minutes: ${e.timeoutMinutes}
    permissions:
      contents: read # checks out the pull request, and reads the state branch
      pull-requests: write # writes the effect of the change into one comment
    steps:
      - name: Check out the pull request
        uses: ${d(e.checkout)}
        with:
          persist-credentials: false
          fetch-depth: ${Ie(e)} # the base as well: it is compared with
${I(r,6)}      - name: Show what the change does
        uses: ${d(e.action)}
        with:
          command: preview
        env:
${Pe(t)}`}s(Ve,"previewJob");function Ie({namesServers:e}){return e?0:2}s(Ie,"depth");var j="github.event.pull_request.head.repo.full_name == github.repository";function Je({condition:e}){if(e===null)return j;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],r=(t??e).trim();return r.includes("${{")?j:`${j} && (${r})`}s(Je,"conditionOf");function Ae({marker:e,triggers:t,config:r,needs:n,servers:o}){let{workflow:i,shards:a,mail:l}=r,{target:c}=r.schedule,u=w(c),f=!i.namesServers,y={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${rt(t,c)}  # A monitor that was added or changed is checked right away.
  push:
    branches: [${m(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${Xe}${f?et:""}
# No permissions but those that a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run started by hand does not wait:
# of waiting runs ${u} keeps only the newest. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${Ze(y)}
${Qe(y,{servers:o,shards:a})}${it(i)}    permissions:
      contents: write # records what was sent on the state branch
${n.issues?tt:""}    steps:
      - name: Check out the monitors
        uses: ${d(i.checkout)}
        with:
          persist-credentials: false # ${f?"state is committed through the API":"the push of the state gets the token for itself"}
${I(i.stepsBefore,6)}      - name: Check, notify and record
        uses: ${d(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand.${f?" What a repository_dispatch asks for is read from its event file.":""}
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
          accept-state: \${{ inputs.accept_state }}
${Re(y).map(p=>`          ${p}: \${{ matrix.${p} }}
`).join("")}        env:
${_e({servers:o,mail:l,variables:n.variables,perServer:y.instance})}`}s(Ae,"runWorkflowText");function Re({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(Re,"axesOf");function Ze(e){let t=Re(e).map(r=>`\${{ matrix.${r} }}`);return t.length===0?"":` (${t.join(", ")})`}s(Ze,"matrixName");function Qe({instance:e,shard:t},{servers:r,shards:n}){if(!e&&!t)return"";let o=r.map(({label:a})=>m(a)).join(", "),i=oe(n).map(m).join(", ");return["# Each job checks its own monitors; one that fails does not stop the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(Qe,"matrixText");var Xe=`  workflow_dispatch:
    inputs:
      monitor:
        description: Ids of the monitors to check, separated by commas; empty for all that are due
        type: string
        default: ""
      force:
        description: Notify even if nothing changed
        type: boolean
        default: false
      dry_run:
        description: Send and remember nothing
        type: boolean
        default: false
      accept_state:
        description: Go on with the state branch as it is, where it is refused as gone, set back, or another folder's
        type: boolean
        default: false
`,et=`  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`,tt=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function rt(e,t){if(e.length===0)return"";let r=t==="gitea"||t==="forgejo"?ot:st;return`  # When ${w(t)} starts a run. The run itself decides which monitors are due.
  schedule:
${e.map(n=>nt(n)+r(n)).join("")}`}s(rt,"scheduleText");function nt({reasons:e}){return e.map(t=>`    # ${t}
`).join("")}s(nt,"commentsOf");function ot({cron:e,zone:t}){return`    - cron: ${m(t===null?e:`TZ=${t} ${e}`)}
`}s(ot,"zonedTriggerText");function st({cron:e,zone:t}){let r=t===null?"":`      timezone: ${m(t)}
`;return`    - cron: ${m(e)}
${r}`}s(st,"triggerText");function it({condition:e,runsOn:t,environment:r,timeoutMinutes:n,namesServers:o}){return[...e===null?[]:[`if: ${m(e)}`],`runs-on: ${S(t)}`,...r===null||o?[]:[`environment: ${m(r)}`],`timeout-minutes: ${n}`].map(i=>`    ${i}
`).join("")}s(it,"jobText");function M(e){let[t="",r="",n="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(u=>a&&u.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[T(t,59),G(r)?R(e.hours):T(r,23),l(n)?R(e.daysOfMonth):T(n,31),Me(o)||G(o)?R(e.months):T(o,12),Me(i)||G(i)||c||l(i)?R(e.daysOfWeek):T(i,6)].join(" ")}s(M,"githubCron");function Me(e){return/[a-z]/i.test(e)}s(Me,"named");function G(e){return[...e.matchAll(/(\d+)-(\d+)/g)].some(([,t,r])=>Number(t)>Number(r))}s(G,"wraps");function T(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(T,"digits");function R(e){let t=e.filter(n=>!e.includes(n-1)),r=e.filter(n=>!e.includes(n+1));return t.map((n,o)=>n===r[o]?`${n}`:`${n}-${r[o]}`).join(",")}s(R,"ranges");var Oe=5*6e4,at=20;function Le({monitors:e,schedule:t}){let r=e.filter(a=>a.active).toSorted((a,l)=>$(a.file,l.file)),o=t.mode==="exact"&&We(t.target)?lt(r,t):ut(t),i=mt(t);return{triggers:F([...o.triggers,...i.triggers]),problems:[...ft(t),...o.problems,...i.problems]}}s(Le,"scheduleTriggers");function We(e){return e==="github"||e==="gitea"||e==="forgejo"}s(We,"hasZones");function lt(e,{target:t}){let r=e.map(l=>({cron:M(v(l.cron_schedule)),zone:je(l.timezone),reasons:[`${h(l.file)}: ${pe(h(l.name),80)}`]})),n=ct(e,t),o=[...r,...n.triggers],i=F(o).length,a=`The active monitors have ${i} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:F(o),problems:[...e.flatMap(l=>q({file:l.file,path:"cron_schedule",text:l.cron_schedule,target:t})),...n.problems,...i>at?[De("schedule.mode",a)]:[]]}}s(lt,"exactTriggers");function ct(e,t){let r=e.filter(({digest:i=null})=>i!==null),n=r[0]?.digest??null;if(n===null)return{triggers:[],problems:[]};let o=r.length===1?"1 list":`${r.length} lists`;return{triggers:[{cron:M(v(n.cron)),zone:je(n.timezone),reasons:[`${x}: the digest of ${o}`]}],problems:q({file:x,path:"digest",text:n.cron,target:t})}}s(ct,"digestTriggers");function ut({tick:e,target:t}){return Ne({path:"schedule.tick",text:e,reason:"The tick of all active monitors.",target:t})}s(ut,"tickTriggers");function mt({catchUp:e,target:t}){if(e===null||t==="gitlab")return{triggers:[],problems:[]};let r=`Catches up on triggers that ${w(t)} dropped, failed checks and unsent mails.`;return Ne({path:"schedule.catch_up",text:e,reason:r,target:t})}s(mt,"catchUpTriggers");function Ne({path:e,text:t,reason:r,target:n}){let o=te(t);if(o.kind==="invalid"){let a=o.problems.map(l=>({file:x,path:e,message:`"${t}": ${l}`}));return{triggers:[],problems:a}}return{triggers:[{cron:M(o.cron),zone:null,reasons:[r]}],problems:q({file:x,path:e,text:t,target:n})}}s(Ne,"setTrigger");function q({file:e,path:t,text:r,target:n}){let o=[];if(n!=="github"&&n!=="ghes")return o;let i=v(r),a=se(Oe,{cron:i,zone:"UTC",from:0});if(a!==void 0){let l=`"${i.text}" asks for starts ${W(a)} apart; GitHub takes that and never starts it. Leave at least ${W(Oe)}.`;o.push({file:e,path:t,message:l})}if(i.minutes.includes(0)){let l=i.minutes.length===1?`write ${i.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",c=`"${i.text}" starts at minute 0, when GitHub starts runs late, sometimes by hours, or drops them; ${l}.`;o.push({file:e,path:t,message:c,severity:"warning"})}return o}s(q,"cronProblems");function ft({mode:e,target:t}){return We(t)||e==="tick"?[]:[De("schedule.mode",t==="gitlab"?"GitLab starts pipelines by a schedule of the project, which ticks for all lists. Remove schedule.mode, or set it to tick.":"GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(ft,"modeProblems");var x="partwatch.yaml";function De(e,t){return{file:x,path:e,message:t,severity:"warning"}}s(De,"configWarning");function je(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(je,"githubZone");function F(e){return[...Map.groupBy(e,({cron:r,zone:n})=>`${n??""} ${r}`)].toSorted(([r],[n])=>$(r,n)).flatMap(([,[r,...n]])=>r===void 0?[]:[{...r,reasons:[r,...n].flatMap(({reasons:o})=>o)}])}s(F,"merge");function B(e){let{action:t,actionFrom:r,checkout:n,stepsBefore:o,namesServers:i}=e,l=`is not set, so the workflows run ${r==="program"?"the commit of this Partwatch":"the release that this Partwatch knows"} (${t.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...r==="file"?[]:[_("workflow.action",l)],...U("workflow.action",{...t,namesServers:i}),...U("workflow.checkout",{...n,namesServers:i}),...o.flatMap((c,u)=>pt(`workflow.steps_before[${u}]`,{step:c,namesServers:i}))]}s(B,"stepProblems");function pt(e,{step:t,namesServers:r}){return t.uses===void 0==(t.run===void 0)?[{file:H,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:U(`${e}.uses`,{...E(t.uses),namesServers:r}),...dt(e,t)]}s(pt,"ownStepProblems");function U(e,{uses:t,version:r,namesServers:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let{server:o,ref:i}=/^(?<server>https?:\/\/[\w.-]+(?::\d+)?\/)?[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(?<ref>\S+)$/.exec(t)?.groups??{};if(i===void 0||o!==void 0&&!n){let l=`"${t}" is not an action; write "${n?"https://github.com/":""}owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:H,path:e,message:l}]}if(n&&o===void 0){let a=`"${t}" names no server, and the forge's settings decide where it is loaded from; write "https://github.com/${t}", or the server that you mean.`;return[_(e,a)]}if(!/^[0-9a-f]{40}$/.test(i)){let a=`"${t.slice(0,-i.length)}<commit SHA> # ${i}"`;return[_(e,`"${t}" can change under your feet; pin it by commit: ${a}.`)]}return r!==null?[]:[_(e,`"${t}" does not name its version; add it at the end, within quotes: "${t} # v1.2.3".`)]}s(U,"referenceProblems");function dt(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:Z(t.with,"script")}].flatMap(({at:n,text:o})=>{let[i]=typeof o=="string"?ht(o):[];if(i===void 0)return[];let a=`${i} may be written by anybody and becomes part of the script, which would run it. Pass it in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[_(n,a)]})}s(dt,"scriptProblems");function ht(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([n,o=""])=>{let i=o.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[n.replace(/\s+/g," ")]:[]})}s(ht,"foreignExpressions");var H="partwatch.yaml";function _(e,t){return{file:H,path:e,message:t,severity:"warning"}}s(_,"warning");var K=[".github/workflows",".gitea/workflows",".forgejo/workflows",".gitlab"],z="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",gt="# Written by `partwatch generate`";function Ge({monitors:e,config:t}){let{triggers:r,problems:n}=Le({monitors:e,schedule:t.schedule}),o=ee([t.monitorDefaults,...e].flatMap(({channels:p=[]})=>p)),i=e.map(({instance:p})=>p??t.monitorDefaults.instance),a=ne(t.instances,i),{workflow:l,schedule:c}=t;if(c.target==="gitlab"){let p=ke({marker:z,config:t});return{files:new Map([[`${l.folder}/partwatch.yml`,p]]),problems:[...n,...B(l),...xe(t)]}}let{pullRequest:u}=l,f=new Map;if(u!==null){let p=Ce({marker:z,workflow:l,pullRequest:u,servers:a,template:t.mail.template});f.set(`${l.folder}/partwatch-pull-request.yml`,p)}f.set(`${l.folder}/partwatch.yml`,Ae({marker:z,triggers:r,config:t,needs:o,servers:a}));let y=a.length*t.shards;return{files:f,problems:[...n,...B(l),...wt(t),...yt({monitors:e,config:t}),...bt(y)]}}s(Ge,"workflowFiles");function wt({schedule:{target:e},workflow:t}){if(e!=="gitea"&&e!=="forgejo"||t.environment===null)return[];let r=`${w(e)} has no environments: it is left out. Set the secrets in the repository or its organization, and remove this line.`;return[{file:Y,path:"workflow.environment",message:r,severity:"warning"}]}s(wt,"forgeProblems");function yt({monitors:e,config:t}){let{target:r}=t.schedule;return r!=="gitea"&&r!=="forgejo"?[]:[...e,{file:Y,channels:t.monitorDefaults.channels}].filter(({channels:o})=>o?.issue.active).map(({file:o})=>({file:o,path:"channels.issue",message:X(r)}))}s(yt,"issueProblems");function bt(e){if(e<=N)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${N} of a matrix.`;return[{file:Y,path:"shards",message:t}]}s(bt,"matrixProblems");function Fe(e){return e.replace(/^\uFEFF/,"").startsWith(gt)}s(Fe,"isGenerated");var Y="partwatch.yaml";function qr(e){return K.some(t=>$t(g(e,t,Ct)))}s(qr,"hasWorkflow");var Ct="partwatch.yml";async function Ur(e,t){let r=new Map,n=[];for(let o of K){let i=await At(e,o);if(i!==null){if(t.some(c=>J(c)===o))return{texts:new Map,problems:[i]};continue}let l=(await Tt(g(e,o),{withFileTypes:!0}).catch(V([]))).filter(({name:c})=>/\.ya?ml$/.test(c)).toSorted((c,u)=>$(c.name,u.name));for(let c of l){let u=`${o}/${c.name}`,f=c.isFile()?await xt(g(e,u),"utf8"):"";Fe(f)?r.set(u,f.replaceAll(`\r
`,`
`)):t.includes(u)&&n.push({file:u,message:It})}}return{texts:r,problems:n}}s(Ur,"readWorkflows");var It="is where Partwatch writes its workflow, but was not written by Partwatch; rename or remove it, then run partwatch generate again.";async function At(e,t){for(let r of new Set([J(t),t])){if(r===".")continue;let n=await St(g(e,r)).catch(V(null));if(n===null)return null;let o=await qe(g(e,r)).catch(V("")),i=vt(await qe(e),o);if(!n.isDirectory()||i!==r.replaceAll("/",Et))return{file:r,message:"is not a folder in this repository; create it, then run partwatch generate again."}}return null}s(At,"escapeProblem");function V(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(V,"ifMissing");async function Br(e,t){for(let[r,n]of t)n===null?await _t(g(e,r)):(await kt(g(e,J(r)),{recursive:!0}),await Pt(g(e,r),n))}s(Br,"writeWorkflows");function Zr({monitors:e,config:t,problems:r=[],locate:n=s(o=>o,"locate")}){let{files:o,problems:i}=Ge({monitors:e,config:t}),l=r.some(c=>c.file===fe&&O(c))?i.filter(c=>O(c)):i;return{files:o,problems:l.map(c=>({...n(c),message:re(c.message)}))}}s(Zr,"workflowsOf");export{ye as a,w as b,K as c,qr as d,Ur as e,Br as f,Zr as g};
