/** What INFO answers, field by field. */
export type Information = ReadonlyMap<string, string>;

export function parseInformation(text: string): Information {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return fields;
}

export function numberIn(information: Information, field: string): number | null {
  const text = information.get(field);
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? null : value;
}

/** How often a command was carried out; a command that never was has no field. */
export function callsIn(information: Information, command: string): number {
  const calls = /(?:^|,)calls=(\d+)/.exec(information.get(`cmdstat_${command}`) ?? '')?.[1];
  return calls === undefined ? 0 : Number(calls);
}

/** `redis 7.0.15`; Valkey says under `redis_version` which Redis it is compatible with. */
export function versionIn(information: Information): string | null {
  const valkey = information.get('valkey_version');
  if (valkey !== undefined) return `valkey ${valkey}`;
  const redis = information.get('redis_version');
  return redis === undefined ? null : `redis ${redis}`;
}
