// A bot of discord.js as its guide writes one; only the address of the API is given to it.
"use strict";

const {
  ActionRowBuilder, ApplicationCommandOptionType, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, Events,
  GatewayIntentBits, ModalBuilder, TextInputBuilder, TextInputStyle,
} = require("discord.js");

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.API_WITHOUT_VERSION } });

client.once(Events.ClientReady, (ready) =>
  ready.application.commands.set([{
    name: "play",
    description: "Play a game",
    options: [{
      name: "game", description: "Which", type: ApplicationCommandOptionType.String, required: true, autocomplete: true,
    }],
  }]));

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond(["1", "2"].map((n) => ({ name: `${typed} ${n}`, value: `${typed}${n}` })));
  } else if (interaction.isChatInputCommand()) {
    const game = interaction.options.getString("game");
    await interaction.reply({
      content: `playing ${game}`,
      files: [new AttachmentBuilder(Buffer.from(`rules of ${game}`), { name: "rules.txt" })],
      components: [new ActionRowBuilder().addComponents(
        new ButtonBuilder().setCustomId("rate").setLabel("Rate").setStyle(ButtonStyle.Primary))],
    });
  } else if (interaction.isButton()) {
    await interaction.showModal(new ModalBuilder().setCustomId("rating").setTitle("Rating").addComponents(
      new ActionRowBuilder().addComponents(
        new TextInputBuilder().setCustomId("stars").setLabel("Stars").setStyle(TextInputStyle.Short))));
  } else if (interaction.isModalSubmit()) {
    await interaction.deferReply({ ephemeral: true });
    await interaction.editReply(`rated ${interaction.fields.getTextInputValue("stars")}`);
  }
});

client.login(process.env.TOKEN);
