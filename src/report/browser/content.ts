/** What the page hands to its scripts, as JSON in the element of that id; what is not there is no part of this page. */
export function content<Content>(id: string): Content | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : undefined;
}
