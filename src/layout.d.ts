/** The layout files under engine/layout are AssemblyScript too, which knows this type by itself. */
declare type u32 = number;
