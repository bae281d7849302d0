import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{b as t}from"./shared-core-problem.mjs";import{a as r}from"./shared-runtime.mjs";var m=1,d=2;function a(e){if(e.length>0)throw new o(e.map(t).join(`
`))}r(a,"refuseBroken");var o=class extends Error{static{r(this,"CommandError")}name="CommandError";exitCode;constructor(n,i=m){super(n),this.exitCode=i}};export{m as a,d as b,a as c,o as d};
