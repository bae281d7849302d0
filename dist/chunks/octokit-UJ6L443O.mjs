import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a}from"./chunk-JXU25U63.mjs";import"./chunk-GTLUOW4B.mjs";import"./chunk-J6ULFFGG.mjs";import"./chunk-DMPNIYC3.mjs";export{a as connectGithub};
