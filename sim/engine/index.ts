export { createEngine, type EngineOptions } from './engine.ts';
export { createPlaneEngine, type PlaneEngine, type PlaneEngineOptions } from './planes/plane-engine.ts';
