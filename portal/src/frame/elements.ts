import "../elements/core";
import { startFrame } from "./start-frame";

startFrame();
