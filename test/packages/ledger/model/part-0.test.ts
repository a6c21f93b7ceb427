import { testModelPart } from "../oracle/model-part.ts";

testModelPart(0);
