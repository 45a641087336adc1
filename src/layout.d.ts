/** The layout files under engine/layout, and load/engine/layout.ts, are AssemblyScript too, which knows this type by itself. */
declare type u32 = number;
