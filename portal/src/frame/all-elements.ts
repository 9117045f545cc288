import "../elements/index";
import { startFrame } from "./start-frame";

startFrame();
