/** INFO modules: there are none. */
import type { Section } from './section.js';

export const MODULES: Section = {
  names: ['modules', 'module_list'],
  title: 'Modules',
  isDefault: true,
  fields: () => ({}),
};
