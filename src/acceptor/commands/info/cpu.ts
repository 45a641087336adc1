/** INFO cpu: processor time in seconds, of all threads together. */
import type { Fields, Section } from './section.js';
import { secondsOf } from './units.js';

function fields(): Fields {
  const { system, user } = process.cpuUsage();
  return {
    used_cpu_sys: secondsOf(system),
    used_cpu_user: secondsOf(user),
    used_cpu_sys_children: secondsOf(0),
    used_cpu_user_children: secondsOf(0),
  };
}

export const CPU: Section = { names: ['cpu'], title: 'CPU', isDefault: true, fields };
