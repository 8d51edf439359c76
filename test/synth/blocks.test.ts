import { expect, test } from 'vitest';
import { buildBitstream } from '../../synth/index.ts';

test('memories, multipliers and cells that a person put there belong to the module that they stand in', async () => {
  const files = {
    'blocks.v': `
module mac(input clk, input signed [15:0] a, b, output reg signed [31:0] y);
  always @(posedge clk) y <= a * b;
endmodule
module bank(input clk, input we, input [13:0] a, input [15:0] d, output [15:0] q);
  SB_SPRAM256KA cells(.ADDRESS(a), .DATAIN(d), .MASKWREN(4'hf), .WREN(we), .CHIPSELECT(1'b1), .CLOCK(clk),
    .STANDBY(1'b0), .SLEEP(1'b0), .POWEROFF(1'b1), .DATAOUT(q));
endmodule
module gate(input a, b, output y);
  SB_LUT4 #(.LUT_INIT(16'h6666)) lut(.I0(a), .I1(b), .I2(1'b0), .I3(1'b0), .O(y));
endmodule
module top(input pad, si, output so);
  wire clk;
  SB_HFOSC #(.CLKHF_DIV("0b10")) osc(.CLKHFPU(1'b1), .CLKHFEN(1'b1), .CLKHF(clk));
  reg [31:0] shift;
  always @(posedge clk) shift <= {shift[30:0], si};
  wire [31:0] y;
  wire [15:0] q;
  wire z;
  mac u_mac(clk, shift[15:0], shift[31:16], y);
  bank u_bank(clk, shift[0], shift[14:1], shift[30:15], q);
  gate u_gate(shift[0], pad, z);
  reg [31:0] out;
  always @(posedge clk) out <= shift[31] ? y ^ q : {out[30:0], z};
  assign so = out[31];
endmodule
`,
  };
  const built = await buildBitstream({
    files,
    top: 'top',
    device: 'up5k',
    targetMHz: 12,
    dsp: true,
    expected: { spram: 1, bram: 0 },
  });
  const { byModule, ...total } = built.report.resources;
  expect(total).toMatchObject({
    spram: { used: 1, available: 4 },
    dsp: { used: 1, available: 8 },
    io: { used: 3, available: 39 },
  });
  expect(byModule['top.u_mac']).toMatchObject({ dsp: 1, ff: 0 });
  expect(byModule['top.u_bank']).toMatchObject({ spram: 1, lut: 0, ff: 0 });
  expect(byModule['top.u_gate']).toMatchObject({ lc: 1, lut: 1, ff: 0 });
  expect(byModule.top).toMatchObject({ ff: 64, io: 3, dsp: 0, spram: 0 });
  expect(Object.values(byModule).reduce((sum, { lc }) => sum + lc, 0)).toBe(total.lc.used);
  expect(built.report.timing.clocks).toMatchObject([{ name: 'clk', targetMHz: 12 }]);
  expect(built.bitstream.length).toBe(104090);
});
