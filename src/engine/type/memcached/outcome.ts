/** What came of a command that changes a value. */
export const STORED: u32 = 0;
export const NOT_STORED: u32 = 1;
export const EXISTS: u32 = 2;
export const NOT_FOUND: u32 = 3;
export const NO_MEMORY: u32 = 4;
export const WRONG_TYPE: u32 = 5;
export const NOT_NUMERIC: u32 = 6;
