import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as ye,b as be,d as $e,e as ke}from"./shared-monitors-read.mjs";import{a as G,d as le,e as ge}from"./shared-monitors-config.mjs";import{h as b}from"./shared-monitors-monitor.mjs";import{I as ce,J as ue,K as me,L as pe,N as fe,O as he,Q as de,S as F,b as ne,e as oe,h as se,i as C,m as j,y as ae}from"./shared-monitors-validators.mjs";import{a as N}from"./shared-core-problem.mjs";import{a as ie}from"./shared-core-text-printable.mjs";import{a as D}from"./shared-core-forge.mjs";import{a as T}from"./shared-core-monitor.mjs";import{a as g,b as we}from"./shared-core-text-plain-text.mjs";import{a as re,d as A}from"./shared-core-text-foreign-text.mjs";import{b as te}from"./shared-core-records.mjs";import{a as s}from"./shared-runtime.mjs";function d(e){return e==="ghes"?D.github:e==="gitlab"?"GitLab":D[e]}s(d,"forgeName");import{existsSync as It}from"node:fs";import{lstat as Rt,mkdir as Ot,readdir as Mt,readFile as Lt,realpath as Ke,rm as Wt,writeFile as Nt}from"node:fs/promises";import{dirname as ee,join as w,relative as Dt,sep as jt}from"node:path";function Se(e,t){return fe(e,{Scalar:s((r,n)=>{typeof n.value=="string"&&Ye(n.value)&&(n.type=he.QUOTE_DOUBLE)},"Scalar")}),A(e.toString(t))}s(Se,"safeYaml");function Ye(e){return e.replaceAll(`
`,"").search(re)>=0}s(Ye,"hasUnsafe");function m(e){return A(F(e,{...I,defaultStringType:"QUOTE_DOUBLE"}).trimEnd())}s(m,"quoted");function $(e){return typeof e=="string"?Te(e):`[${e.map(Te).join(", ")}]`}s($,"runnerText");function p(e){let r=/^(?:https?:\/\/[\w.-]+(?::\d+)?\/)?[\w./@-]+$/.test(e.uses)?e.uses:m(e.uses),n=xe(e);return n===null?r:`${r} # ${n}`}s(p,"usesText");function R(e,t){if(e.length===0)return"";let r=new de(e,I);for(let n of pe(r.contents)?r.contents.items:[]){let o=ue(n)?n.get("uses",!0):void 0;if(!me(o))continue;let i=b(String(o.value)),a=xe(i);o.value=i.uses,o.type="PLAIN",o.comment=a===null?null:` ${a}`}return Se(r,I).replaceAll(/^(?=.)/gm," ".repeat(t))}s(R,"stepsText");var I={lineWidth:0,aliasDuplicateObjects:!1,compat:"yaml-1.1"};function xe({uses:e,version:t}){return t!==null?g(t):e.startsWith("./")?"zizmor: ignore[self-repository]":null}s(xe,"usesComment");function Te(e){return/^[A-Za-z][\w.-]*$/.test(e)&&F(e,I).trimEnd()===e?e:m(e)}s(Te,"label");function _e({marker:e,config:t}){let{schedule:r,workflow:n,mail:o}=t,{pullRequest:i,branch:a}=n,l=Ze(n.action);return`${e}
# Include it in .gitlab-ci.yml:
#
#   include:
#     - local: .gitlab/partwatch.yml
#
# Then, once, in the project: Build, Pipeline schedules: ${r.tick} (UTC), target branch ${g(a)};
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
${Qe(n)}  # One run at a time; two at once could not overwrite each other's state either.
  resource_group: partwatch
  script:
    # The job's own token fetches and pushes the state branch; it ends with the job.
    - git remote set-url origin "$CI_REPOSITORY_URL"
    # The runner checks out a commit; only a run on the default branch notifies.
    - git switch --quiet --force-create "$CI_COMMIT_BRANCH"
    - ${l.run} run
${i===null?"":Ve({program:l,mail:o,runsOn:i.runsOn})}`}s(_e,"gitlabJobsText");function Ve({program:e,mail:t,runsOn:r}){return`
# Merge requests are validated without any setting; problems stand at their lines of the change.
partwatch-validate:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ["monitors/**/*", "partwatch.yaml"${t.template===null?"":`, ${m(t.template)}`}, ".gitlab/partwatch.yml"]
${ve(r)}  script:
    - ${e.run} validate --format codequality > gl-code-quality-report.json || { ${e.run} validate; exit 1; }
    - ${e.run} generate --check
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`}s(Ve,"validationText");function Ze({uses:e,version:t}){if(e.startsWith("./"))return{prepare:"",run:`node ${O(`${e.replace(/\/$/,"")}/${Pe}`)}`};let[,r="",n="",o=""]=/^(https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)@(\S+)$/.exec(e)??[],i=t===null?"":` # ${g(t)}`;return{prepare:`  before_script:
    - git init --quiet /tmp/partwatch
    - git -C /tmp/partwatch remote add origin ${O(`${r}.git`)}
    - git -C /tmp/partwatch fetch --quiet --depth 1 origin ${O(o)}${i}
    - git -C /tmp/partwatch checkout --quiet --detach FETCH_HEAD
`,run:`node ${O(`/tmp/partwatch${n}/${Pe}`)}`}}s(Ze,"programOf");var Pe="dist/cli.mjs";function Qe({runsOn:e,environment:t,timeoutMinutes:r}){let n=t===null?"":`  environment:
    name: ${m(t)}
    action: access
`;return`${ve(e)}${n}  timeout: ${r} minutes
`}s(Qe,"jobText");function ve(e){let t=typeof e=="string"?[e]:e;return t.includes("ubuntu-latest")?"":`  tags: [${t.map(m).join(", ")}]
`}s(ve,"tagsText");function Ee({workflow:e,shards:t}){let r=s((o,i)=>({file:"partwatch.yaml",path:o,message:i}),"problem"),{uses:n}=e.action;return[...e.condition===null?[]:[r("workflow.if","is an expression of GitHub; on GitLab, deactivate the pipeline schedule instead.")],...e.stepsBefore.length===0?[]:[r("workflow.steps_before","are steps of GitHub's workflows; on GitLab, write a before_script for the job partwatch into .gitlab-ci.yml.")],...n.startsWith("docker:")?[r("workflow.action",`"${n}" is a container; GitLab needs the repository or a folder of Partwatch.`)]:[],...t>1?[{...r("shards","has no effect on GitLab: one job checks all lists."),severity:"warning"}]:[]]}s(Ee,"gitlabProblems");function O(e){return/^[\w./:@-]+$/.test(e)?e:`'${e.replaceAll("'","'\\''")}'`}s(O,"shellQuoted");var Xe=b("actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0"),et=b("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"),Ae="partwatch-dashboard",tt=["/monitors/","/partwatch.yaml"];function Ie(e,{isOneJob:t}){let{action:r,checkout:n,branch:o,runsOn:i}=e,a=r.uses.startsWith("./"),l=`          sparse-checkout: |
${tt.map(u=>`            ${u}
`).join("")}          sparse-checkout-cone-mode: false
`,c=["!cancelled()","needs.check.result != 'skipped'",`github.ref_name == '${o.replaceAll("'","''")}'`,...t?["needs.check.outputs.checked != '0'"]:[]];return`
  publish:
    name: Publish the dashboard
    needs: check
    # A check that failed is news, too${t?"; where nothing was due, nothing is new":""}.
    if: ${m(`\${{ ${c.join(" && ")} }}`)}
    runs-on: ${$(i)}
    timeout-minutes: 10
    concurrency:
      group: partwatch-pages
    permissions:
      contents: read # checks out the lists, and reads the state branch
      pages: write # publishes the pages
      id-token: write # proves to GitHub Pages which workflow they are from
    environment:
      name: github-pages
      url: \${{ steps.publish.outputs.page_url }}
    steps:
      - name: Check out the monitors
        uses: ${p(n)}
        with:
          persist-credentials: false # state is read through the API
${a?"":l}      - name: Write the pages
        uses: ${p(rt(r))}
        with:
          out: ${Ae}
      - name: Hand the pages over
        uses: ${p(Xe)}
        with:
          path: ${Ae}
      - name: Publish the pages
        id: publish
        uses: ${p(et)}
`}s(Ie,"publishJobText");function rt({uses:e,version:t}){let[,r=e,n=""]=/^([^@]+?)\/*(@\S+)?$/.exec(e)??[];return{uses:`${r}/dashboard${n}`,version:t}}s(rt,"dashboardAction");function q({dashboard:e,schedule:t,workflow:r}){if(!e.pages)return[];let n="dashboard.pages";if(t.target!=="github"){let a=`the workflow publishes on GitHub Pages, and ${d(t.target)} has none that it could use. Let a web server show what partwatch dashboard writes (docs/dashboard.md), and remove this line.`;return[{file:Ce,path:n,message:a}]}return r.action.uses.startsWith("docker:")?[{file:Ce,path:n,message:"a container cannot write the pages; name an action in workflow.action (owner/name@commit), or remove this line."}]:[]}s(q,"pagesProblems");var Ce="partwatch.yaml";function Re({servers:e,mail:t,variables:r,perServer:n}){return Me([...Le(e,{perServer:n}),...nt,...ot(t),...r.map(x)])}s(Re,"environmentText");function Oe(e){return Me([...Le(e,{perServer:!1}),S("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")])}s(Oe,"previewEnvironmentText");function Me(e){return e.map(([t,r])=>`          ${t}: \${{ ${r} }}
`).join("")}s(Me,"linesText");var nt=[...["EMAIL_SMTP_SERVER","EMAIL_SMTP_PORT","EMAIL_USE_TLS","EMAIL_USE_SSL","EMAIL_USERNAME"].map(S),...["EMAIL_PASSWORD"].map(x),...["EMAIL_EHLO_NAME","EMAIL_SENDER_ADDRESS","ADMIN_EMAIL_RECIPIENTS","GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(S)];function ot({oauth:e,dkim:t}){return[...e?[...$e.map(S),...ke.map(x)]:[],...t?[...ye.map(S),...be.map(x)]:[]]}s(ot,"furtherMail");function Le(e,{perServer:t}){let r=new Set(e.map(({tokenEnv:o})=>o));return[...new Set(e.flatMap(({urlEnv:o,tokenEnv:i})=>[o,i]))].map(o=>{let[,i]=r.has(o)?x(o):S(o),a=e.filter(({urlEnv:u,tokenEnv:f})=>u===o||f===o);if(!t||a.length===e.length)return[o,i];let l=a.map(({label:u})=>`matrix.instance == '${u}'`).join(" || "),c=a.length>1?`(${l})`:l;return[o,`${c} && ${i.includes("||")?`(${i})`:i} || ''`]})}s(Le,"serverLines");function S(e){return[e,`vars.${e} || secrets.${e}`]}s(S,"either");function x(e){return[e,`secrets.${e}`]}s(x,"secret");function We({marker:e,workflow:t,pullRequest:r,servers:n,template:o}){let{checkout:i,action:a}=t;return`${e}
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
    runs-on: ${$(r.runsOn)}
    timeout-minutes: 10
    permissions:
      contents: read # checks out the pull request; no secret is needed, so forks are served as well
    steps:
      - name: Check out the pull request
        uses: ${p(i)}
        with:
          persist-credentials: false
          fetch-depth: ${Ne(t)} # the base as well: a renamed monitor is noticed
      - name: Validate monitors and settings
        uses: ${p(a)}
        with:
          command: validate
      - name: Compare the workflows with the monitors
        if: \${{ !cancelled() }}
        uses: ${p(a)}
        with:
          command: generate-check
${r.preview?st(t,n):""}`}s(We,"pullRequestWorkflowText");function st(e,t){let{stepsBefore:r,namesServers:n}=e,o=n?null:e.environment;return`
  preview:
    name: Show what is changed
    # Forks have no secrets, and may not write comments.
    if: ${m(it(e))}
    runs-on: ${$(e.runsOn)}
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
          fetch-depth: ${Ne(e)} # the base as well: it is compared with
${R(r,6)}      - name: Show what the change does
        uses: ${p(e.action)}
        with:
          command: preview
        env:
${Oe(t)}`}s(st,"previewJob");function Ne({namesServers:e}){return e?0:2}s(Ne,"depth");var U="github.event.pull_request.head.repo.full_name == github.repository";function it({condition:e}){if(e===null)return U;let[,t]=/^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(e)??[],r=(t??e).trim();return r.includes("${{")?U:`${U} && (${r})`}s(it,"conditionOf");function De({marker:e,triggers:t,config:r,needs:n,servers:o}){let{workflow:i,shards:a,mail:l}=r,{target:c}=r.schedule,u=d(c),f=!i.namesServers,k=r.dashboard.pages&&f,h={instance:o.length>1,shard:a>1};return`${e}
name: Partwatch

on:
${ft(t,c)}  # A monitor that was added or changed is checked right away.
  push:
    branches: [${m(i.branch)}]
    paths: ["monitors/**", "partwatch.yaml"]
${ct}${f?ut:""}
# No permissions but those that a job asks for.
permissions: {}

# Scheduled runs wait for each other. A run started by hand does not wait:
# of waiting runs ${u} keeps only the newest. Two runs at once cannot overwrite each other's state.
concurrency:
  group: partwatch-\${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}

jobs:
  check:
    name: Check what is due${at(h)}
${lt(h,{servers:o,shards:a})}${wt(i)}    permissions:
      contents: write # records what was sent on the state branch
${n.issues?pt:""}${k&&M(h).length===0?mt:""}    steps:
      - name: Check out the monitors
        uses: ${p(i.checkout)}
        with:
          persist-credentials: false # ${f?"state is committed through the API":"the push of the state gets the token for itself"}
${R(i.stepsBefore,6)}      - name: Check, notify and record
${k?`        id: check
`:""}        uses: ${p(i.action)}
        with:
          command: run
          # Empty unless the run was started by hand.${f?" What a repository_dispatch asks for is read from its event file.":""}
          monitors: \${{ inputs.monitor }}
          force: \${{ inputs.force }}
          dry-run: \${{ inputs.dry_run }}
          accept-state: \${{ inputs.accept_state }}
          test-mail: \${{ inputs.test_mail }}
${M(h).map(E=>`          ${E}: \${{ matrix.${E} }}
`).join("")}        env:
${Re({servers:o,mail:l,variables:n.variables,perServer:h.instance})}${k?Ie(i,{isOneJob:M(h).length===0}):""}`}s(De,"runWorkflowText");function M({instance:e,shard:t}){return[...e?["instance"]:[],...t?["shard"]:[]]}s(M,"axesOf");function at(e){let t=M(e).map(r=>`\${{ matrix.${r} }}`);return t.length===0?"":` (${t.join(", ")})`}s(at,"matrixName");function lt({instance:e,shard:t},{servers:r,shards:n}){if(!e&&!t)return"";let o=r.map(({label:a})=>m(a)).join(", "),i=le(n).map(m).join(", ");return["# Each job checks its own monitors; one that fails does not stop the others.","strategy:","  fail-fast: false","  matrix:",...e?[`    instance: [${o}]`]:[],...t?[`    shard: [${i}]`]:[]].map(a=>`    ${a}
`).join("")}s(lt,"matrixText");var ct=`  workflow_dispatch:
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
        description: Send and record nothing
        type: boolean
        default: false
      test_mail:
        description: Check no list, but examine the setup and send a test mail to the admins
        type: boolean
        default: false
      accept_state:
        description: Go on with the state branch as it is, where it is refused as gone, set back, or another folder's
        type: boolean
        default: false
`,ut=`  # Stock has just changed. client_payload: { "monitors": [ids] } or { "parts": [pks or IPNs] }; neither for all that are due.
  repository_dispatch:
    types: [partwatch-check]
`,mt=`    outputs:
      checked: \${{ steps.check.outputs.checked }}
`,pt=`      issues: write # opens, updates and closes the issues of lists that have this channel
`;function ft(e,t){if(e.length===0)return"";let r=t==="gitea"||t==="forgejo"?dt:gt;return`  # When ${d(t)} starts a run. The run itself decides which monitors are due.
  schedule:
${e.map(n=>ht(n)+r(n)).join("")}`}s(ft,"scheduleText");function ht({reasons:e}){return e.map(t=>`    # ${t}
`).join("")}s(ht,"commentsOf");function dt({cron:e,zone:t}){return`    - cron: ${m(t===null?e:`TZ=${t} ${e}`)}
`}s(dt,"zonedTriggerText");function gt({cron:e,zone:t}){let r=t===null?"":`      timezone: ${m(t)}
`;return`    - cron: ${m(e)}
${r}`}s(gt,"triggerText");function wt({condition:e,runsOn:t,environment:r,timeoutMinutes:n,namesServers:o}){return[...e===null?[]:[`if: ${m(e)}`],`runs-on: ${$(t)}`,...r===null||o?[]:[`environment: ${m(r)}`],`timeout-minutes: ${n}`].map(i=>`    ${i}
`).join("")}s(wt,"jobText");function W(e){let[t="",r="",n="",o="",i=""]=e.text.split(" "),a=!e.anyDayOfMonth&&!e.anyDayOfWeek,l=s(u=>a&&u.includes("*"),"starred"),c=/(?:^|[,-])0?7/.test(i);return[P(t,59),H(r)?L(e.hours):P(r,23),l(n)?L(e.daysOfMonth):P(n,31),je(o)||H(o)?L(e.months):P(o,12),je(i)||H(i)||c||l(i)?L(e.daysOfWeek):P(i,6)].join(" ")}s(W,"githubCron");function je(e){return/[a-z]/i.test(e)}s(je,"named");function H(e){return[...e.matchAll(/(\d+)-(\d+)/g)].some(([,t,r])=>Number(t)>Number(r))}s(H,"wraps");function P(e,t){return e.replaceAll(/\b0+(?=\d)/g,"").replaceAll(/(^|,)(\d+)\//g,`$1$2-${t}/`)}s(P,"digits");function L(e){let t=e.filter(n=>!e.includes(n-1)),r=e.filter(n=>!e.includes(n+1));return t.map((n,o)=>n===r[o]?`${n}`:`${n}-${r[o]}`).join(",")}s(L,"ranges");var Ge=5*6e4,yt=20;function Fe({monitors:e,schedule:t}){let r=e.filter(a=>a.active).toSorted((a,l)=>T(a.file,l.file)),o=t.mode==="exact"&&qe(t.target)?bt(r,t):kt(t),i=St(t);return{triggers:B([...o.triggers,...i.triggers]),problems:[...Tt(t),...o.problems,...i.problems]}}s(Fe,"scheduleTriggers");function qe(e){return e==="github"||e==="gitea"||e==="forgejo"}s(qe,"hasZones");function bt(e,{target:t}){let r=e.map(l=>({cron:W(C(l.cron_schedule)),zone:Be(l.timezone),reasons:[`${g(l.file)}: ${we(g(l.name),80)}`]})),n=$t(e,t),o=[...r,...n.triggers],i=B(o).length,a=`The active monitors have ${i} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;return{triggers:B(o),problems:[...e.flatMap(l=>z({file:l.file,path:"cron_schedule",text:l.cron_schedule,target:t})),...n.problems,...i>yt?[He("schedule.mode",a)]:[]]}}s(bt,"exactTriggers");function $t(e,t){let r=e.filter(({digest:i=null})=>i!==null),n=r[0]?.digest??null;if(n===null)return{triggers:[],problems:[]};let o=r.length===1?"1 list":`${r.length} lists`;return{triggers:[{cron:W(C(n.cron)),zone:Be(n.timezone),reasons:[`${_}: the digest of ${o}`]}],problems:z({file:_,path:"digest",text:n.cron,target:t})}}s($t,"digestTriggers");function kt({tick:e,target:t}){return Ue({path:"schedule.tick",text:e,reason:"The tick of all active monitors.",target:t})}s(kt,"tickTriggers");function St({catchUp:e,target:t}){if(e===null||t==="gitlab")return{triggers:[],problems:[]};let r=`Catches up on triggers that ${d(t)} dropped, failed checks and unsent mails.`;return Ue({path:"schedule.catch_up",text:e,reason:r,target:t})}s(St,"catchUpTriggers");function Ue({path:e,text:t,reason:r,target:n}){let o=se(t);if(o.kind==="invalid"){let a=o.problems.map(l=>({file:_,path:e,message:`"${t}": ${l}`}));return{triggers:[],problems:a}}return{triggers:[{cron:W(o.cron),zone:null,reasons:[r]}],problems:z({file:_,path:e,text:t,target:n})}}s(Ue,"setTrigger");function z({file:e,path:t,text:r,target:n}){let o=[];if(n!=="github"&&n!=="ghes")return o;let i=C(r),a=ce(Ge,{cron:i,zone:"UTC",from:0});if(a!==void 0){let l=`"${i.text}" asks for starts ${j(a)} apart; GitHub takes that and never starts it. Leave at least ${j(Ge)}.`;o.push({file:e,path:t,message:l})}if(i.minutes.includes(0)){let l=i.minutes.length===1?`write ${i.text.replace(/^\S+/,"7")}, say`:"leave minute 0 out",c=`"${i.text}" starts at minute 0, when GitHub starts runs late, sometimes by hours, or drops them; ${l}.`;o.push({file:e,path:t,message:c,severity:"warning"})}return o}s(z,"cronProblems");function Tt({mode:e,target:t}){return qe(t)||e==="tick"?[]:[He("schedule.mode",t==="gitlab"?"GitLab starts pipelines by a schedule of the project, which ticks for all lists. Remove schedule.mode, or set it to tick.":"GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.")]}s(Tt,"modeProblems");var _="partwatch.yaml";function He(e,t){return{file:_,path:e,message:t,severity:"warning"}}s(He,"configWarning");function Be(e){return/^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(e)?null:e}s(Be,"githubZone");function B(e){return[...Map.groupBy(e,({cron:r,zone:n})=>`${n??""} ${r}`)].toSorted(([r],[n])=>T(r,n)).flatMap(([,[r,...n]])=>r===void 0?[]:[{...r,reasons:[r,...n].flatMap(({reasons:o})=>o)}])}s(B,"merge");function K(e){let{action:t,actionFrom:r,checkout:n,stepsBefore:o,namesServers:i}=e,l=`is not set, so the workflows run ${r==="program"?"the commit of this Partwatch":"the release that this Partwatch knows"} (${t.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;return[...r==="file"?[]:[v("workflow.action",l)],...J("workflow.action",{...t,namesServers:i}),...J("workflow.checkout",{...n,namesServers:i}),...o.flatMap((c,u)=>xt(`workflow.steps_before[${u}]`,{step:c,namesServers:i}))]}s(K,"stepProblems");function xt(e,{step:t,namesServers:r}){return t.uses===void 0==(t.run===void 0)?[{file:Y,path:e,message:"a step has either uses or run."}]:[...t.uses===void 0?[]:J(`${e}.uses`,{...b(t.uses),namesServers:r}),...Pt(e,t)]}s(xt,"ownStepProblems");function J(e,{uses:t,version:r,namesServers:n}){if(/^(?:\.\/\S*|docker:\/\/\S+)$/.test(t))return[];let{server:o,ref:i}=/^(?<server>https?:\/\/[\w.-]+(?::\d+)?\/)?[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(?<ref>\S+)$/.exec(t)?.groups??{};if(i===void 0||o!==void 0&&!n){let l=`"${t}" is not an action; write "${n?"https://github.com/":""}owner/name@<commit SHA> # v1.2.3" or "./folder".`;return[{file:Y,path:e,message:l}]}if(n&&o===void 0){let a=`"${t}" names no server, and the forge's settings decide where it is loaded from; write "https://github.com/${t}", or the server that you mean.`;return[v(e,a)]}if(!/^[0-9a-f]{40}$/.test(i)){let a=`"${t.slice(0,-i.length)}<commit SHA> # ${i}"`;return[v(e,`"${t}" can change under your feet; pin it by commit: ${a}.`)]}return r!==null?[]:[v(e,`"${t}" does not name its version; add it at the end, within quotes: "${t} # v1.2.3".`)]}s(J,"referenceProblems");function Pt(e,t){return[{at:`${e}.run`,text:t.run},{at:`${e}.with.script`,text:te(t.with,"script")}].flatMap(({at:n,text:o})=>{let[i]=typeof o=="string"?_t(o):[];if(i===void 0)return[];let a=`${i} may be written by anybody and becomes part of the script, which would run it. Pass it in env, as in env: { WORDS: "${i}" }, and use "$WORDS".`;return[v(n,a)]})}s(Pt,"scriptProblems");function _t(e){let t=/\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;return[...e.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([n,o=""])=>{let i=o.replace(/'(?:[^']|'')*'/g,"''").trim();return t.test(i)?[n.replace(/\s+/g," ")]:[]})}s(_t,"foreignExpressions");var Y="partwatch.yaml";function v(e,t){return{file:Y,path:e,message:t,severity:"warning"}}s(v,"warning");var Z=[".github/workflows",".gitea/workflows",".forgejo/workflows",".gitlab"],V="# Written by `partwatch generate` from monitors/ and partwatch.yaml: change those and run it again, not this file.",vt="# Written by `partwatch generate`";function ze({monitors:e,config:t}){let{triggers:r,problems:n}=Fe({monitors:e,schedule:t.schedule}),o=oe([t.monitorDefaults,...e].flatMap(({channels:y=[]})=>y)),{urlEnv:i}=t.heartbeat??{urlEnv:null},a={...o,variables:[...new Set([...o.variables,...i===null?[]:[i]])].sort()},l=e.map(({instance:y})=>y??t.monitorDefaults.instance),c=ae(t.instances,l),{workflow:u,schedule:f}=t;if(f.target==="gitlab"){let y=_e({marker:V,config:t});return{files:new Map([[`${u.folder}/partwatch.yml`,y]]),problems:[...n,...K(u),...Ee(t),...q(t)]}}let{pullRequest:k}=u,h=new Map;if(k!==null){let y=We({marker:V,workflow:u,pullRequest:k,servers:c,template:t.mail.template});h.set(`${u.folder}/partwatch-pull-request.yml`,y)}h.set(`${u.folder}/partwatch.yml`,De({marker:V,triggers:r,config:t,needs:a,servers:c}));let E=c.length*t.shards;return{files:h,problems:[...n,...K(u),...Et(t),...At({monitors:e,config:t}),...Ct(E),...q(t)]}}s(ze,"workflowFiles");function Et({schedule:{target:e},workflow:t}){if(e!=="gitea"&&e!=="forgejo"||t.environment===null)return[];let r=`${d(e)} has no environments: it is left out. Set the secrets in the repository or its organization, and remove this line.`;return[{file:Q,path:"workflow.environment",message:r,severity:"warning"}]}s(Et,"forgeProblems");function At({monitors:e,config:t}){let{target:r}=t.schedule;return r!=="gitea"&&r!=="forgejo"?[]:[...e,{file:Q,channels:t.monitorDefaults.channels}].filter(({channels:o})=>o?.issue.active).map(({file:o})=>({file:o,path:"channels.issue",message:ne(r)}))}s(At,"issueProblems");function Ct(e){if(e<=G)return[];let t=`${e} jobs would be needed for these instances; GitHub starts at most ${G} of a matrix.`;return[{file:Q,path:"shards",message:t}]}s(Ct,"matrixProblems");function Je(e){return e.replace(/^\uFEFF/,"").startsWith(vt)}s(Je,"isGenerated");var Q="partwatch.yaml";function an(e){return Z.some(t=>It(w(e,t,Gt)))}s(an,"hasWorkflow");var Gt="partwatch.yml";async function ln(e,t){let r=new Map,n=[];for(let o of Z){let i=await qt(e,o);if(i!==null){if(t.some(c=>ee(c)===o))return{texts:new Map,problems:[i]};continue}let l=(await Mt(w(e,o),{withFileTypes:!0}).catch(X([]))).filter(({name:c})=>/\.ya?ml$/.test(c)).toSorted((c,u)=>T(c.name,u.name));for(let c of l){let u=`${o}/${c.name}`,f=c.isFile()?await Lt(w(e,u),"utf8"):"";Je(f)?r.set(u,f.replaceAll(`\r
`,`
`)):t.includes(u)&&n.push({file:u,message:Ft})}}return{texts:r,problems:n}}s(ln,"readWorkflows");var Ft="is where Partwatch writes its workflow, but was not written by Partwatch; rename or remove it, then run partwatch generate again.";async function qt(e,t){for(let r of new Set([ee(t),t])){if(r===".")continue;let n=await Rt(w(e,r)).catch(X(null));if(n===null)return null;let o=await Ke(w(e,r)).catch(X("")),i=Dt(await Ke(e),o);if(!n.isDirectory()||i!==r.replaceAll("/",jt))return{file:r,message:"is not a folder in this repository; create it, then run partwatch generate again."}}return null}s(qt,"escapeProblem");function X(e){return t=>{if(t.code==="ENOENT")return e;throw t}}s(X,"ifMissing");async function cn(e,t){for(let[r,n]of t)n===null?await Wt(w(e,r)):(await Ot(w(e,ee(r)),{recursive:!0}),await Nt(w(e,r),n))}s(cn,"writeWorkflows");function gn({monitors:e,config:t,problems:r=[],locate:n=s(o=>o,"locate")}){let{files:o,problems:i}=ze({monitors:e,config:t}),l=r.some(c=>c.file===ge&&N(c))?i.filter(c=>N(c)):i;return{files:o,problems:l.map(c=>({...n(c),message:ie(c.message)}))}}s(gn,"workflowsOf");export{Se as a,d as b,Z as c,an as d,ln as e,cn as f,gn as g};
