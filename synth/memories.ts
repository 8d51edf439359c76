/*
 * Yosys 0.55 rearranges the contents of a block RAM bit by bit, in a function that it interprets: 1.3 s for each RAM whose
 * contents no other has. Here the same is done by shifts of the whole contents, which take no time that can be seen.
 */

/** The file that `mapMemories` reads, beside those of the design. */
export const memoryFile = 'tercet-memories.v';

/** Memories to SB_RAM40_4K and, with `spram`, to SB_SPRAM256KA: what `synth_ice40` does at its label `map_ram`. */
export function mapMemories(spram: boolean): string[] {
  return [
    `memory_libmap -lib +/ice40/brams.txt -lib +/ice40/spram.txt${spram ? '' : ' -no-auto-huge'}`,
    // Of the enables of many bits that are one net it becomes one again, which the map can tell.
    'opt_reduce',
    'opt_expr',
    `techmap -map ${memoryFile} -map +/ice40/spram_map.v`,
    'ice40_braminit',
  ];
}

/** One kind of block RAM for each pair of clock edges. */
const kinds = [0, 1].flatMap(read => [0, 1].map(write => ({ read, write })));

function instance({ read, write }: (typeof kinds)[number]): string {
  const type = `SB_RAM40_4K${read ? '' : 'NR'}${write ? '' : 'NW'}`;
  const contents = Array.from({ length: 16 }, (_, i) => {
    return `.INIT_${i.toString(16).toUpperCase()}(CONTENTS[${256 * i} +: 256])`;
  });
  return `    if (PORT_R_CLK_POL == ${read} && PORT_W_CLK_POL == ${write})
      ${type} #(
        ${contents.join(', ')},
        .READ_MODE(mode(PORT_R_WIDTH)), .WRITE_MODE(mode(PORT_W_WIDTH))
      ) _TECHMAP_REPLACE_ (
        .${read ? 'RCLK' : 'RCLKN'}(PORT_R_CLK), .RCLKE(PORT_R_RD_EN), .RE(1'b1), .RADDR(raddr), .RDATA(rdata),
        .${write ? 'WCLK' : 'WCLKN'}(PORT_W_CLK), .WCLKE(PORT_W_WR_EN), .WE(1'b1), .WADDR(waddr), .WDATA(wdata), .MASK(mask)
      );`;
}

/**
 * A word of 16 bits is stored in the order in which the narrower modes take it apart: bit b at the place whose number has
 * the bits of b reversed. A port of 8, 4 or 2 bits finds its bits at every second, fourth or eighth data line, of
 * which the first is 0, 1 or 3 (Lattice TN1250), and the low bits of its address select the part, the highest first.
 */
export const memoryModel: string = `module $__ICE40_RAM4K_ (
  input PORT_R_CLK, PORT_R_RD_EN,
  input [10:0] PORT_R_ADDR,
  output [PORT_R_WIDTH-1:0] PORT_R_RD_DATA,
  input PORT_W_CLK, PORT_W_WR_EN,
  input [15:0] PORT_W_WR_BE,
  input [10:0] PORT_W_ADDR,
  input [PORT_W_WIDTH-1:0] PORT_W_WR_DATA
);
  parameter INIT = 0;
  parameter OPTION_HAS_BE = 1;
  parameter PORT_R_WIDTH = 16;
  parameter PORT_W_WIDTH = 16;
  parameter PORT_W_WR_BE_WIDTH = 16;
  parameter PORT_R_CLK_POL = 1;
  parameter PORT_W_CLK_POL = 1;

  // Nothing is written where the write enable is 0, so a byte enable that is the same net need not be looked at again.
  parameter _TECHMAP_BITS_CONNMAP_ = 1;
  parameter [_TECHMAP_BITS_CONNMAP_-1:0] _TECHMAP_CONNMAP_PORT_W_WR_EN_ = 0;
  parameter [16*_TECHMAP_BITS_CONNMAP_-1:0] _TECHMAP_CONNMAP_PORT_W_WR_BE_ = 0;

  // Bits whose numbers in a word have 0 in bit 3 and 1 in bit 0 change places with those that have it the other way
  // round, which stand 7 higher; then the same for bits 2 and 1.
  localparam [4095:0] GIVEN = INIT;
  localparam [4095:0] OUTER = {256{16'h00aa}};
  localparam [4095:0] INNER = {256{16'h0c0c}};
  localparam [4095:0] HALF = (GIVEN & ~(OUTER | OUTER << 7)) | ((GIVEN & OUTER) << 7) | ((GIVEN >> 7) & OUTER);
  localparam [4095:0] CONTENTS = (HALF & ~(INNER | INNER << 2)) | ((HALF & INNER) << 2) | ((HALF >> 2) & INNER);

  function [1:0] mode(input integer width);
    mode = width == 16 ? 0 : width == 8 ? 1 : width == 4 ? 2 : 3;
  endfunction

  function integer first(input integer width);
    first = width == 4 ? 1 : width == 2 ? 3 : 0;
  endfunction

  function [3:0] place(input [3:0] bit);
    place = {bit[0], bit[1], bit[2], bit[3]};
  endfunction

  wire [10:0] raddr = {PORT_R_ADDR[0], PORT_R_ADDR[1], PORT_R_ADDR[2], PORT_R_ADDR[10:3]};
  wire [10:0] waddr = {PORT_W_ADDR[0], PORT_W_ADDR[1], PORT_W_ADDR[2], PORT_W_ADDR[10:3]};
  wire [15:0] rdata, wdata, mask;
  genvar i;
  generate
    for (i = 0; i < PORT_R_WIDTH; i = i + 1)
      assign PORT_R_RD_DATA[i] = rdata[place(i) + first(PORT_R_WIDTH)];
    for (i = 0; i < PORT_W_WIDTH; i = i + 1)
      assign wdata[place(i) + first(PORT_W_WIDTH)] = PORT_W_WR_DATA[i];
    if (PORT_W_WIDTH == 16)
      for (i = 0; i < 16; i = i + 1)
        assign mask[place(i)] = _TECHMAP_CONNMAP_PORT_W_WR_BE_[i*_TECHMAP_BITS_CONNMAP_ +: _TECHMAP_BITS_CONNMAP_]
          == _TECHMAP_CONNMAP_PORT_W_WR_EN_ ? 1'b0 : ~PORT_W_WR_BE[i];
${kinds.map(instance).join('\n')}
  endgenerate
endmodule
`;
