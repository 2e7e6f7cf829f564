// @ts-check
/** Files that a person sends along. */

/** @typedef {{name: string, type: string, data: string}} SentFile `data` is base64 */

/**
 * A chosen file, ready to be sent.
 * @param {File} file
 * @returns {Promise<SentFile>}
 */
export function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const data = String(reader.result);
      resolve({ name: file.name, type: file.type, data: data.slice(data.indexOf(",") + 1) });
    });
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
