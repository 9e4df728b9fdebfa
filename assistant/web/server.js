// Requests to the program that served this page, with the reader's key where there is one. No other host is asked.

const KEY = "liaison.key";

/** The program answered that it will not: with a status, what it says of the reason, and seconds to wait. */
export class Refused extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    Object.assign(this, { status, retryAfter });
  }
}

/** No answer came, or not the whole of it. */
export class Lost extends Error {}

/** The staff key of this tab; it goes when the tab is closed. */
export const staffKey = {
  get: () => sessionStorage.getItem(KEY),
  keep: (key) => sessionStorage.setItem(KEY, key),
  forget: () => sessionStorage.removeItem(KEY),
};

/** A response that the program gave willingly. */
export async function request(path, { headers = {}, key = staffKey.get(), ...options } = {}) {
  const authorization = key ? { Authorization: `Bearer ${key}` } : {};
  const response = await reached(path, { ...options, headers: { ...headers, ...authorization } });
  if (response.ok) return response;
  throw new Refused(response.status, await detail(response), Number(response.headers.get("Retry-After")) || null);
}

/** What a route says, as values; parameters that are empty are left out. */
export async function get(path, parameters = {}, options = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return (await request(query ? `${path}?${query}` : path, options)).json();
}

/** Sends values to a route. */
export function post(path, body, options = {}) {
  const headers = { "Content-Type": "application/json", ...options.headers };
  return request(path, { ...options, method: "POST", body: JSON.stringify(body), headers });
}

/** Whether a key is one that the program knows. */
export async function isKnownKey(key) {
  try {
    await request("/health", { key });
    return true;
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 401) return false;
    throw problem;
  }
}

async function reached(path, options) {
  try {
    return await fetch(path, { credentials: "omit", ...options });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Lost(problem.message);
  }
}

async function detail(response) {
  try {
    const { detail: said } = await response.json();
    return Array.isArray(said) ? said.map((one) => one.msg).join("; ") : String(said ?? "");
  } catch {
    return "";
  }
}
