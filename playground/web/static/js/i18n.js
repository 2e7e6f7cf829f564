// @ts-check
/** The page's own words, and times and lists in the person's language. */

const ENGLISH = {
  skip: "Skip to the message box",
  channels: "Channels",
  you_are: "You are",
  member: "member",
  admin: "admin",
  language: "Language",
  theme: "Colours",
  theme_dark: "Dark",
  theme_light: "Light",
  menu: "Server, people and settings",
  close: "Close",
  messages_in: "Messages in {channel}",
  local_note: "Local playground: nothing leaves this computer",
  welcome: "Welcome to {channel}",
  welcome_hint: "Type {slash} below to see what the bot can do.",
  welcome_keys: "Move with the arrow keys, choose with Tab or Enter.",
  no_commands: "The bot has not registered any commands yet. They appear here by themselves.",
  placeholder: "Type / to use a command in {channel}",
  composer: "Message {channel}",
  send: "Send",
  commands: "Commands",
  commands_matching: "Commands matching {text}",
  none_matching: "No command matches {text}",
  only_commands: "This bot is used with commands: start with /",
  optional_more: { one: "{count} optional", other: "{count} optional" },
  options: "Optional details",
  required: "required",
  optional: "optional",
  remove_option: "Remove {name}",
  choose_file: "Choose a file",
  loading_choices: "Loading options…",
  no_choices: "No options match your search",
  choices_failed: "Loading options failed: the bot did not answer within 3 seconds",
  yes: "True",
  no: "False",
  error_required: "{name}: this option is required",
  error_choice: "{name}: choose one of the list",
  error_integer: "{name}: enter a whole number",
  error_number: "{name}: enter a number",
  error_min: "{name}: must be {limit} or more",
  error_max: "{name}: must be {limit} or less",
  error_short: "{name}: at least {limit} characters",
  error_long: "{name}: at most {limit} characters",
  error_file: "{name}: choose a file",
  used: "{user} used {command}",
  app: "APP",
  edited: "(edited)",
  sending: "Sending command…",
  thinking: "{name} is thinking…",
  only_you: "Only you can see this",
  dismiss: "Dismiss message",
  not_responding: "The application did not respond",
  failed: "This interaction failed",
  spoiler: "Spoiler: show",
  image_outside: "Image on {host}, not loaded",
  attachment: "Attachment",
  choose: "Make a selection",
  chosen: "{count} chosen",
  done: "Done",
  submit: "Submit",
  cancel: "Cancel",
  modal_error: "Something went wrong. Try again.",
  field_required: "This field is required",
  field_short: "At least {limit} characters",
  lost: "Connection lost. Trying again…",
  refused: "This page needs the full address that the playground printed when it started. Open that one.",
  replaced: "The playground was restarted. Open the address that it printed.",
};

const SPANISH = {
  skip: "Ir al cuadro de mensaje",
  channels: "Canales",
  you_are: "Eres",
  member: "miembro",
  admin: "administración",
  language: "Idioma",
  theme: "Colores",
  theme_dark: "Oscuro",
  theme_light: "Claro",
  menu: "Servidor, personas y ajustes",
  close: "Cerrar",
  messages_in: "Mensajes de {channel}",
  local_note: "Zona de pruebas local: nada sale de este equipo",
  welcome: "Te damos la bienvenida a {channel}",
  welcome_hint: "Escribe {slash} abajo para ver qué sabe hacer el bot.",
  welcome_keys: "Muévete con las flechas y elige con Tab o Intro.",
  no_commands: "El bot aún no ha registrado comandos. Aparecerán aquí solos.",
  placeholder: "Escribe / para un comando en {channel}",
  composer: "Mensaje en {channel}",
  send: "Enviar",
  commands: "Comandos",
  commands_matching: "Comandos que coinciden con {text}",
  none_matching: "Ningún comando coincide con {text}",
  only_commands: "Este bot se usa con comandos: empieza con /",
  optional_more: { one: "{count} opcional", other: "{count} opcionales" },
  options: "Detalles opcionales",
  required: "obligatorio",
  optional: "opcional",
  remove_option: "Quitar {name}",
  choose_file: "Elegir un archivo",
  loading_choices: "Cargando opciones…",
  no_choices: "Ninguna opción coincide con tu búsqueda",
  choices_failed: "No se han podido cargar las opciones: el bot no respondió en 3 segundos",
  yes: "Verdadero",
  no: "Falso",
  error_required: "{name}: esta opción es obligatoria",
  error_choice: "{name}: elige una de la lista",
  error_integer: "{name}: escribe un número entero",
  error_number: "{name}: escribe un número",
  error_min: "{name}: debe ser {limit} o más",
  error_max: "{name}: debe ser {limit} o menos",
  error_short: "{name}: al menos {limit} caracteres",
  error_long: "{name}: como mucho {limit} caracteres",
  error_file: "{name}: elige un archivo",
  used: "{user} ha usado {command}",
  app: "APP",
  edited: "(editado)",
  sending: "Enviando el comando…",
  thinking: "{name} está pensando…",
  only_you: "Solo tú puedes ver esto",
  dismiss: "Descartar mensaje",
  not_responding: "La aplicación no ha respondido",
  failed: "Esta interacción ha fallado",
  spoiler: "Contenido oculto: mostrar",
  image_outside: "Imagen en {host}, sin cargar",
  attachment: "Archivo adjunto",
  choose: "Haz una selección",
  chosen: "{count} seleccionadas",
  done: "Listo",
  submit: "Enviar",
  cancel: "Cancelar",
  modal_error: "Algo ha ido mal. Inténtalo de nuevo.",
  field_required: "Este campo es obligatorio",
  field_short: "Al menos {limit} caracteres",
  lost: "Se ha perdido la conexión. Reintentando…",
  refused: "Esta página necesita la dirección completa que mostró la zona de pruebas al iniciarse. Abre esa.",
  replaced: "La zona de pruebas se ha reiniciado. Abre la dirección que ha mostrado.",
};

/** @type {Record<string, Record<string, any>>} */
const LANGUAGES = { en: ENGLISH, es: SPANISH };

let locale = "en-US";

/** @typedef {keyof typeof ENGLISH} Key */

/** The locale in use, e.g. "es-ES". */
export function currentLocale() {
  return locale;
}

/**
 * Use another language from now on. Languages without a translation of the page read English.
 * @param {string} wanted
 */
export function setLocale(wanted) {
  locale = wanted;
  document.documentElement.lang = LANGUAGES[wanted.split("-")[0]] ? wanted : "en";
}

/**
 * A sentence of the page.
 * @param {Key} key
 * @param {Record<string, string | number>} [values] fill the {names} in it
 * @returns {string}
 */
export function t(key, values = {}) {
  const words = LANGUAGES[locale.split("-")[0]] ?? ENGLISH;
  let sentence = words[key];
  if (typeof sentence === "object") {
    const rule = new Intl.PluralRules(locale).select(Number(values.count));
    sentence = sentence[rule] ?? sentence.other;
  }
  return sentence.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) =>
    name in values ? String(values[name]) : whole,
  );
}

/**
 * A language in its own words, e.g. "español (España)".
 * @param {string} code
 */
export function languageName(code) {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/**
 * When a message was written: the time today, else the date too.
 * @param {Date} moment
 */
export function clockTime(moment) {
  const today = moment.toDateString() === new Date().toDateString();
  return moment.toLocaleString(locale, today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" });
}

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/**
 * A moment in one of Discord's timestamp styles (t, T, d, D, f, F, R).
 * @param {Date} moment
 * @param {string} style
 */
export function timestamp(moment, style) {
  if (style !== "R") return moment.toLocaleString(locale, STYLES[style] ?? STYLES.f);
  const seconds = (moment.getTime() - Date.now()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return format.format(Math.round(seconds / length), unit);
  }
  return format.format(Math.round(seconds), "second");
}
