import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as he,b as ge,d as we,e as ye}from"./shared-monitors-read.mjs";import{a as D,d as se,e as pe}from"./shared-monitors-config.mjs";import{h as C}from"./shared-monitors-monitor.mjs";import{I as ie,J as ae,K as le,L as ce,N as ue,O as me,Q as fe,S as j,b as ee,e as te,h as re,i as E,m as N,y as oe}from"./shared-monitors-validators.mjs";import{a as L}from"./shared-core-problem.mjs";import{a as W}from"./shared-core-forge.mjs";import{a as S}from"./shared-core-monitor.mjs";import{a as ne}from"./shared-core-text-printable.mjs";import{b as Q}from"./shared-core-records.mjs";import{a as d,b as de}from"./shared-core-text-plain-text.mjs";import{a as X,d as v}from"./shared-core-text-foreign-text.mjs";import{a as s}from"./shared-runtime.mjs";function y(e){return e==="ghes"?W.github:e==="gitlab"?"GitLab":W[e]}s(y,"forgeName");import{existsSync as kt}from"node:fs";import{lstat as Tt,mkdir as xt,readdir as _t,readFile as Pt,realpath as Ue,rm as vt,writeFile as Et}from"node:fs/promises";import{dirname as Z,join as h,relative as Ct,sep as It}from"node:path";function be(e,t){return ue(e,{Scalar:s((r,n)=>{typeof n.value=="string"&&He(n.value)&&(n.type=me.QUOTE_DOUBLE)},"Scalar")}),v(e.toString(t))}s(be,"safeYaml");function He(e){return e.replaceAll(`
`,"").search(X)>=0}s(He,"hasUnsafe");function m(e){return v(j(e,{...I,defaultStringType:"QUOTE_DOUBLE"}).trimEnd())}s(m,"quoted");function k(e){return typeof e=="string"?$e(e):`[${e.map($e).join(", ")}]`}s(k,"runnerText");function p(e){let r=/^(?:https?:\/\/[\w.-]+(?::\d+)?\/)?[\w./@-]+$/.test(e.uses)?e.uses:m(e.uses),n=Se(e);return n===null?r:`${r} # ${n}`}s(p,"usesText");function A(e,t){if(e.length===0)return"";let r=new fe(e,I);for(let n of ce(r.contents)?r.contents.items:[]){let o=ae(n)?n.get("uses",!0):void 0;if(!le(o))continue;let i=C(String(o.value)),a=Se(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return be(r,I).replaceAll(/^(?=.)/gm," ".repeat(t))}s(A,"stepsText");var I={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function Se({uses:e,version:t}){return t!==null?d(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(Se,"usesComment");function $e(e){return/^[A-Za-z][\w.-]*$/.test(e)&&j(e,I).trimEnd()===e?e:m(e)}s($e,"label");function Te({marker:e,config:t}){let{schedule:r,workflow:n,mail:o}=t,{pullRequest:i,branch:a}=n,l=Ke(n.action);return`${e}
# Include it in .gitlab-ci.yml:
#
#   include:
#     - local: .gitlab/partwatch.yml
#
# Then, once, in the project: Build, Pipeline schedules: ${r.tick} (UTC), target branch ${d(a)};
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
${Ye(n)}  # One run at a time; two at once could not overwrite each other's state either.
  resource_group: partwatch
  script:
    # The job's own token fetches and pushes the state branch; it ends with the job.
    - git remote set-url origin "$CI_REPOSITORY_URL"
    # The runner checks out a commit; only a run on the default branch notifies.
    - git switch --quiet --force-create "$CI_COMMIT_BRANCH"
    - ${l.run} run
${i===null?"":ze({program:l,mail:o,runsOn:i.runsOn})}`}s(Te,"gitlabJobsText");function ze({program:e,mail:t,runsOn:r}){return`
# Merge requests are validated without any setting; problems stand at their lines of the change.
partwatch-validate:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ["monitors/**/*", "partwatch.yaml"${t.template===null?"":`, ${m(t.template)}`}, ".gitlab/partwatch.yml"]
${xe(r)}  script:
    - ${e.run} validate --format codequality > gl-code-quality-report.json || { ${e.run} validate; exit 1; }
    - ${e.run} generate --check
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}s(ze,"validationText");function Ke({uses:e,version:t}){if(e.startsWith("./"))return{prepare:"",run:`node ${R(`${e.replace(/\/$/,"")}/${ke}`)}`};let[,r="",n="",o=""]=/^(https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)@(\S+)$/.exec(e)??[],i=t===null?"":` # ${d(t)}`;return{prepare:`  before_script:
    - git init --quiet /tmp/partwatch
    - git -C /tmp/partwatch remote add origin ${R(`${r}.git`)}
    - git -C /tmp/partwatch fetch --quiet --depth 1 origin ${R(o)}${i}
    - git -C /tmp/partwatch checkout --quiet --detach FETCH_HEAD
`,run:`node ${R(`/tmp/partwatch${n}/${ke}`)}`}}s(Ke,"programOf");var ke="dist/cli.mjs";function Ye({runsOn:e,environment:t,timeoutMinutes:r}){let n=t===null?"":`  environment:
    name: ${m(t)}
    action: access
`;return`${xe(e)}${n}  timeout: ${r} minutes
`}s(Ye,"jobText");function xe(e){let t=typeof e=="string"?[e]:e;return t.includes("ubuntu-latest")?"":`  tags: [${t.map(m).join(", ")}]
`}s(xe,"tagsText");function _e({workflow:e,shards:t}){let r=s((o,i)=>({file:"partwatch.yaml",path:o,message:i}),"problem"),{uses:n}=e.action;return[...e.condition===null?[]:[r("workflow.if","is an expression of GitHub; on GitLab, deactivate the pipeline schedule instead.")],...e.stepsBefore.length===0?[]:[r("workflow.steps_before","are steps of GitHub's workflows; on GitLab, write a before_script for the job partwatch into .gitlab-ci.yml.")],...n.startsWith("docker:")?[r("workflow.action",`"${n}" is a container; GitLab needs the repository or a folder of Partwatch.`)]:[],...t>1?[{...r("shards","has no effect on GitLab: one job checks all lists."),severity:"warning"}]:[]]}s(_e,"gitlabProblems");function R(e){return/^[\w./:@-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}s(R,"shellQuoted");function Pe({servers:e,mail:t,variables:r,perServer:n}){return Ee([...Ce(e,{perServer:n}),...Ve,...Je(t),...r.map(T)])}s(Pe,"environmentText");function ve(e){return Ee([...Ce(e,{perServer:!1}),$("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(ve,"previewEnvironmentText");function Ee(e){return e.map(([t,r])=>`          ${t}: \${{ ${r} }}
`).join("")}s(Ee,"linesText");var Ve=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map($),...["EMAIL_PASSWORD"].map(T),...["EMAIL_EHLO_NAME","EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map($)];function Je({oauth:e,dkim:t}){return[...e?[...we.map($),...ye.map(T)]:[],...t?[...he.map($),...ge.map(T)]:[]]}s(Je,"furtherMail");function Ce(e,{perServer:t}){let r=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=r.has(o)?T(o):$(o),a=e.filter(({urlEnv:u,tokenEnv:f})=>u===o||f===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:u})=>`matrix.instance == '${u}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(Ce,"serverLines");function $(e){return[e,`vars.${e} || secrets.${e}`]}s($,"either");function T(e){return[e,`secrets.${e}`]}s(T,"secret");function Ie({marker:e,workflow:t,pullRequest:r,servers:n,template:o}){let{checkout:i,action:a}=t;return`${e}
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
    runs-on: ${k(r.runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${p(i)}
        with:
          persist-credentials: false
          fetch-depth: ${Ae(t)} # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${p(a)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${p(a)}
        with:
          command: generate-check
${r.preview?Ze(t,n):""}`}s(Ie,"pullRequestWorkflowText");function Ze(e,t){let{stepsBefore:r,namesServers:n}=e,o=n?null:e.environment;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${m(Qe(e))}
    runs-on: ${k(e.runsOn)}
${o===null?"":`    environment: ${m(o)}
`}    timeout-minutes: ${e.timeoutMinutes}
    permissions:
      contents: read # checks out the pull request, and reads the state branch
      pull-requests: write # writes the effect of the change into one comment
    steps:
      - name: Check out the pull request
        uses: ${p(e.checkout)}
        with:
          persist-credentials: false
          fetch-depth: ${Ae(e)} # the base as well: it is compared with
${A(r,6)}      - name: Show what the change does
        uses: ${p(e.action)}
        with:
          command: preview
        env:
${ve(t)}`}s(Ze,"previewJob");function Ae({namesServers:e}){return e?0:2}s(Ae,"depth");var G="github.event.pull_request.head.repo.full_name == github.repository";function Qe({condition:e}){if(e===null)return G;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],r=(t??e).trim();return r.includes("${{")?G:`${G} && (${r})`}s(Qe,"conditionOf");function Re({marker:e,triggers:t,config:r,needs:n,servers:o}){let{workflow:i,shards:a,mail:l}=r,{target:c}=r.schedule,u=y(c),f=!i.namesServers,g={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${ot(t,c)}  # A monitor that was added or changed is checked right away.
  push:
    branches: [${m(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${tt}${f?rt:""}
# No permissions but those that a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run started by hand does not wait:
# of waiting runs ${u} keeps only the newest. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${Xe(g)}
${et(g,{servers:o,shards:a})}${lt(i)}    permissions:
      contents: write # records what was sent on the state branch
${n.issues?nt:""}    steps:
      - name: Check out the monitors
        uses: ${p(i.checkout)}
        with:
          persist-credentials: false # ${f?"state is committed through the API":"the push of the state gets the token for itself"}
${A(i.stepsBefore,6)}      - name: Check, notify and record
        uses: ${p(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand.${f?" What a repository_dispatch asks for is read from its event file.":""}
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
          accept-state: \${{ inputs.accept_state }}
${Me(g).map(b=>`          ${b}: \${{ matrix.${b} }}
`).join("")}        env:
${Pe({servers:o,mail:l,variables:n.variables,perServer:g.instance})}`}s(Re,"runWorkflowText");function Me({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(Me,"axesOf");function Xe(e){let t=Me(e).map(r=>`\${{ matrix.${r} }}`);return t.length===0?"":` (${t.join(", ")})`}s(Xe,"matrixName");function et({instance:e,shard:t},{servers:r,shards:n}){if(!e&&!t)return"";let o=r.map(({label:a})=>m(a)).join(", "),i=se(n).map(m).join(", ");return["# Each job checks its own monitors; one that fails does not stop the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(et,"matrixText");var tt=`  workflow_dispatch:
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
`,rt=`  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`,nt=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function ot(e,t){if(e.length===0)return"";let r=t==="gitea"||t==="forgejo"?it:at;return`  # When ${y(t)} starts a run. The run itself decides which monitors are due.
  schedule:
${e.map(n=>st(n)+r(n)).join("")}`}s(ot,"scheduleText");function st({reasons:e}){return e.map(t=>`    # ${t}
`).join("")}s(st,"commentsOf");function it({cron:e,zone:t}){return`    - cron: ${m(t===null?e:`TZ=${t} ${e}`)}
`}s(it,"zonedTriggerText");function at({cron:e,zone:t}){let r=t===null?"":`      timezone: ${m(t)}
`;return`    - cron: ${m(e)}
${r}`}s(at,"triggerText");function lt({condition:e,runsOn:t,environment:r,timeoutMinutes:n,namesServers:o}){return[...e===null?[]:[`if: ${m(e)}`],`runs-on: ${k(t)}`,...r===null||o?[]:[`environment: ${m(r)}`],`timeout-minutes: ${n}`].map(i=>`    ${i}
`).join("")}s(lt,"jobText");function O(e){let[t="",r="",n="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(u=>a&&u.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[x(t,59),F(r)?M(e.hours):x(r,23),l(n)?M(e.daysOfMonth):x(n,31),Oe(o)||F(o)?M(e.months):x(o,12),Oe(i)||F(i)||c||l(i)?M(e.daysOfWeek):x(i,6)].join(" ")}s(O,"githubCron");function Oe(e){return/[a-z]/i.test(e)}s(Oe,"named");function F(e){return[...e.matchAll(/(\d+)-(\d+)/g)].some(([,t,r])=>Number(t)>Number(r))}s(F,"wraps");function x(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(x,"digits");function M(e){let t=e.filter(n=>!e.includes(n-1)),r=e.filter(n=>!e.includes(n+1));return t.map((n,o)=>n===r[o]?`${n}`:`${n}-${r[o]}`).join(",")}s(M,"ranges");var Le=5*6e4,ct=20;function We({monitors:e,schedule:t}){let r=e.filter(a=>a.active).toSorted((a,l)=>S(a.file,l.file)),o=t.mode==="exact"&&Ne(t.target)?ut(r,t):ft(t),i=pt(t);return{triggers:q([...o.triggers,...i.triggers]),problems:[...dt(t),...o.problems,...i.problems]}}s(We,"scheduleTriggers");function Ne(e){return e==="github"||e==="gitea"||e==="forgejo"}s(Ne,"hasZones");function ut(e,{target:t}){let r=e.map(l=>({cron:O(E(l.cron_schedule)),zone:Ge(l.timezone),reasons:[`${d(l.file)}: ${de(d(l.name),80)}`]})),n=mt(e,t),o=[...r,...n.triggers],i=q(o).length,a=`The active monitors have ${i} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:q(o),problems:[...e.flatMap(l=>U({file:l.file,path:"cron_schedule",text:l.cron_schedule,target:t})),...n.problems,...i>ct?[je("schedule.mode",a)]:[]]}}s(ut,"exactTriggers");function mt(e,t){let r=e.filter(({digest:i=null})=>i!==null),n=r[0]?.digest??null;if(n===null)return{triggers:[],problems:[]};let o=r.length===1?"1 list":`${r.length} lists`;return{triggers:[{cron:O(E(n.cron)),zone:Ge(n.timezone),reasons:[`${_}: the digest of ${o}`]}],problems:U({file:_,path:"digest",text:n.cron,target:t})}}s(mt,"digestTriggers");function ft({tick:e,target:t}){return De({path:"schedule.tick",text:e,reason:"The tick of all active monitors.",target:t})}s(ft,"tickTriggers");function pt({catchUp:e,target:t}){if(e===null||t==="gitlab")return{triggers:[],problems:[]};let r=`Catches up on triggers that ${y(t)} dropped, failed checks and unsent mails.`;return De({path:"schedule.catch_up",text:e,reason:r,target:t})}s(pt,"catchUpTriggers");function De({path:e,text:t,reason:r,target:n}){let o=re(t);if(o.kind==="invalid"){let a=o.problems.map(l=>({file:_,path:e,message:`"${t}": ${l}`}));return{triggers:[],problems:a}}return{triggers:[{cron:O(o.cron),zone:null,reasons:[r]}],problems:U({file:_,path:e,text:t,target:n})}}s(De,"setTrigger");function U({file:e,path:t,text:r,target:n}){let o=[];if(n!=="github"&&n!=="ghes")return o;let i=E(r),a=ie(Le,{cron:i,zone:"UTC",from:0});if(a!==void 0){let l=`"${i.text}" asks for starts ${N(a)} apart; GitHub takes that and never starts it. Leave at least ${N(Le)}.`;o.push({file:e,path:t,message:l})}if(i.minutes.includes(0)){let l=i.minutes.length===1?`write ${i.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",c=`"${i.text}" starts at minute 0, when GitHub starts runs late, sometimes by hours, or drops them; ${l}.`;o.push({file:e,path:t,message:c,severity:"warning"})}return o}s(U,"cronProblems");function dt({mode:e,target:t}){return Ne(t)||e==="tick"?[]:[je("schedule.mode",t==="gitlab"?"GitLab starts pipelines by a schedule of the project, which ticks for all lists. Remove schedule.mode, or set it to tick.":"GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(dt,"modeProblems");var _="partwatch.yaml";function je(e,t){return{file:_,path:e,message:t,severity:"warning"}}s(je,"configWarning");function Ge(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(Ge,"githubZone");function q(e){return[...Map.groupBy(e,({cron:r,zone:n})=>`${n??""} ${r}`)].toSorted(([r],[n])=>S(r,n)).flatMap(([,[r,...n]])=>r===void 0?[]:[{...r,reasons:[r,...n].flatMap(({reasons:o})=>o)}])}s(q,"merge");function H(e){let{action:t,actionFrom:r,checkout:n,stepsBefore:o,namesServers:i}=e,l=`is not set, so the workflows run ${r==="program"?"the commit of this Partwatch":"the release that this Partwatch knows"} (${t.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...r==="file"?[]:[P("workflow.action",l)],...B("workflow.action",{...t,namesServers:i}),...B("workflow.checkout",{...n,namesServers:i}),...o.flatMap((c,u)=>ht(`workflow.steps_before[${u}]`,{step:c,namesServers:i}))]}s(H,"stepProblems");function ht(e,{step:t,namesServers:r}){return t.uses===void 0==(t.run===void 0)?[{file:z,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:B(`${e}.uses`,{...C(t.uses),namesServers:r}),...gt(e,t)]}s(ht,"ownStepProblems");function B(e,{uses:t,version:r,namesServers:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let{server:o,ref:i}=/^(?<server>https?:\/\/[\w.-]+(?::\d+)?\/)?[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(?<ref>\S+)$/.exec(t)?.groups??{};if(i===void 0||o!==void 0&&!n){let l=`"${t}" is not an action; write "${n?"https://github.com/":""}owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:z,path:e,message:l}]}if(n&&o===void 0){let a=`"${t}" names no server, and the forge's settings decide where it is loaded from; write "https://github.com/${t}", or the server that you mean.`;return[P(e,a)]}if(!/^[0-9a-f]{40}$/.test(i)){let a=`"${t.slice(0,-i.length)}<commit SHA> # ${i}"`;return[P(e,`"${t}" can change under your feet; pin it by commit: ${a}.`)]}return r!==null?[]:[P(e,`"${t}" does not name its version; add it at the end, within quotes: "${t} # v1.2.3".`)]}s(B,"referenceProblems");function gt(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:Q(t.with,"script")}].flatMap(({at:n,text:o})=>{let[i]=typeof o=="string"?wt(o):[];if(i===void 0)return[];let a=`${i} may be written by anybody and becomes part of the script, which would run it. Pass it in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[P(n,a)]})}s(gt,"scriptProblems");function wt(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([n,o=""])=>{let i=o.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[n.replace(/\s+/g," ")]:[]})}s(wt,"foreignExpressions");var z="partwatch.yaml";function P(e,t){return{file:z,path:e,message:t,severity:"warning"}}s(P,"warning");var Y=[".github/workflows",".gitea/workflows",".forgejo/workflows",".gitlab"],K="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",yt="# Written by `partwatch generate`";function Fe({monitors:e,config:t}){let{triggers:r,problems:n}=We({monitors:e,schedule:t.schedule}),o=te([t.monitorDefaults,...e].flatMap(({channels:w=[]})=>w)),{urlEnv:i}=t.heartbeat??{urlEnv:null},a={...o,variables:[...new Set([...o.variables,...i===null?[]:[i]])].sort()},l=e.map(({instance:w})=>w??t.monitorDefaults.instance),c=oe(t.instances,l),{workflow:u,schedule:f}=t;if(f.target==="gitlab"){let w=Te({marker:K,config:t});return{files:new Map([[`${u.folder}/partwatch.yml`,w]]),problems:[...n,...H(u),..._e(t)]}}let{pullRequest:g}=u,b=new Map;if(g!==null){let w=Ie({marker:K,workflow:u,pullRequest:g,servers:c,template:t.mail.template});b.set(`${u.folder}/partwatch-pull-request.yml`,w)}b.set(`${u.folder}/partwatch.yml`,Re({marker:K,triggers:r,config:t,needs:a,servers:c}));let Be=c.length*t.shards;return{files:b,problems:[...n,...H(u),...bt(t),...$t({monitors:e,config:t}),...St(Be)]}}s(Fe,"workflowFiles");function bt({schedule:{target:e},workflow:t}){if(e!=="gitea"&&e!=="forgejo"||t.environment===null)return[];let r=`${y(e)} has no environments: it is left out. Set the secrets in the repository or its organization, and remove this line.`;return[{file:V,path:"workflow.environment",message:r,severity:"warning"}]}s(bt,"forgeProblems");function $t({monitors:e,config:t}){let{target:r}=t.schedule;return r!=="gitea"&&r!=="forgejo"?[]:[...e,{file:V,channels:t.monitorDefaults.channels}].filter(({channels:o})=>o?.issue.active).map(({file:o})=>({file:o,path:"channels.issue",message:ee(r)}))}s($t,"issueProblems");function St(e){if(e<=D)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${D} of a matrix.`;return[{file:V,path:"shards",message:t}]}s(St,"matrixProblems");function qe(e){return e.replace(/^\uFEFF/,"").startsWith(yt)}s(qe,"isGenerated");var V="partwatch.yaml";function Br(e){return Y.some(t=>kt(h(e,t,At)))}s(Br,"hasWorkflow");var At="partwatch.yml";async function Hr(e,t){let r=new Map,n=[];for(let o of Y){let i=await Mt(e,o);if(i!==null){if(t.some(c=>Z(c)===o))return{texts:new Map,problems:[i]};continue}let l=(await _t(h(e,o),{withFileTypes:!0}).catch(J([]))).filter(({name:c})=>/\.ya?ml$/.test(c)).toSorted((c,u)=>S(c.name,u.name));for(let c of l){let u=`${o}/${c.name}`,f=c.isFile()?await Pt(h(e,u),"utf8"):"";qe(f)?r.set(u,f.replaceAll(`\r
`,`
`)):t.includes(u)&&n.push({file:u,message:Rt})}}return{texts:r,problems:n}}s(Hr,"readWorkflows");var Rt="is where Partwatch writes its workflow, but was not written by Partwatch; rename or remove it, then run partwatch generate again.";async function Mt(e,t){for(let r of new Set([Z(t),t])){if(r===".")continue;let n=await Tt(h(e,r)).catch(J(null));if(n===null)return null;let o=await Ue(h(e,r)).catch(J("")),i=Ct(await Ue(e),o);if(!n.isDirectory()||i!==r.replaceAll("/",It))return{file:r,message:"is not a folder in this repository; create it, then run partwatch generate again."}}return null}s(Mt,"escapeProblem");function J(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(J,"ifMissing");async function zr(e,t){for(let[r,n]of t)n===null?await vt(h(e,r)):(await xt(h(e,Z(r)),{recursive:!0}),await Et(h(e,r),n))}s(zr,"writeWorkflows");function Xr({monitors:e,config:t,problems:r=[],locate:n=s(o=>o,"locate")}){let{files:o,problems:i}=Fe({monitors:e,config:t}),l=r.some(c=>c.file===pe&&L(c))?i.filter(c=>L(c)):i;return{files:o,problems:l.map(c=>({...n(c),message:ne(c.message)}))}}s(Xr,"workflowsOf");export{be as a,y as b,Y as c,Br as d,Hr as e,zr as f,Xr as g};
