import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../../src/acceptor/commands/info/index.js';
import { renderSections, selectSections } from '../../../../src/acceptor/commands/info/section.js';

/** What Redis 7.2 shows to clients that name no section. */
const DEFAULT = [
  'Server',
  'Clients',
  'Memory',
  'Persistence',
  'Stats',
  'Replication',
  'CPU',
  'Modules',
  'Errorstats',
  'Cluster',
  'Keyspace',
];

function titles(...words: string[]): string[] {
  return selectSections(words, SECTIONS).map(({ title }) => title);
}

describe('selectSections', () => {
  it('shows the default sections when none is named, or by that name', () => {
    expect(titles()).toEqual(DEFAULT);
    expect(titles('default')).toEqual(DEFAULT);
  });

  it('shows all of them', () => {
    expect(titles('all')).toHaveLength(SECTIONS.length);
    expect(titles('everything')).toHaveLength(SECTIONS.length);
    expect(titles('all', 'nope')).toHaveLength(SECTIONS.length);
  });

  it('shows several in their own order, each once, in upper or lower case', () => {
    expect(titles('keyspace', 'CPU', 'cpu', 'Server')).toEqual(['Server', 'CPU', 'Keyspace']);
    expect(titles('commandstats', 'default')).toEqual([...DEFAULT.slice(0, 8), 'Commandstats', ...DEFAULT.slice(8)]);
  });

  it('knows the second name of modules', () => {
    expect(titles('module_list', 'modules')).toEqual(['Modules']);
  });

  it('passes over what is no section', () => {
    expect(titles('nope')).toEqual([]);
    expect(titles('')).toEqual([]);
    expect(titles('nope', 'cluster')).toEqual(['Cluster']);
  });
});

describe('renderSections', () => {
  it('writes titles and fields, with an empty line in between', () => {
    const text = renderSections([
      { title: 'A', fields: { x: 1, y: 'two' } },
      { title: 'B', fields: {} },
      { title: 'C', fields: { z: 0 } },
    ]);
    expect(text).toBe('# A\r\nx:1\r\ny:two\r\n\r\n# B\r\n\r\n# C\r\nz:0\r\n');
  });

  it('writes nothing for no sections', () => {
    expect(renderSections([])).toBe('');
  });
});
