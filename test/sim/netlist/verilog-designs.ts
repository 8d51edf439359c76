/*
 * Designs in which Verilog has rules that are easily missed. Each is a module of the same ports: `clk`, `rst`, two inputs
 * of 32 bits, an input of 100 bits, and an output `y` of 64 bits.
 */

/** The bodies by the names of their modules. */
export const verilogDesigns: Readonly<Record<string, string>> = {
  // One unsigned operand makes all of an expression unsigned; the width is that of the widest, the left side included.
  mixed_signs: `
    wire signed [7:0] s = a[7:0];
    wire signed [4:0] t = b[4:0];
    wire [4:0] u = b[9:5];
    wire signed [3:0] half = s >>> 1;
    wire [15:0] product = s * t;
    wire [15:0] unsigned_product = s * u;
    assign y = {s + t, s + u, (s < t), (s < u), s >>> 2, (s >>> 2) + u, half, product, unsigned_product, -t / 5'sd3};`,

  conditions: `
    wire signed [5:0] s = a[5:0];
    wire [2:0] n = b[2:0];
    wire [11:0] chosen = a[31] ? s : n;
    wire signed [11:0] both = a[31] ? s : -6'sd1;
    wire [8:0] carried = (a[7:0] + b[7:0]) >> 1;
    wire [7:0] lost = ({a[7:0] + b[7:0]}) >> 1;
    wire [3:0] shifted = 1'b1 << n;
    assign y = {chosen, both, carried, lost, shifted, &a[3:0], ~|b[3:0], ^a, !b[1:0], a[1:0] && b[1:0], a === b};`,

  part_selects: `
    reg [99:0] row = 0;
    always @(posedge clk) begin
      row[a[6:0] +: 8] <= b[7:0];
      // Yosys writes nothing of a part that begins below bit 0.
      row[{b[6:2], 2'd2} -: 3] <= a[9:7];
      row[a[31:25]] <= b[8];
    end
    assign y = {row[b[15:10] +: 16], row[b[22:16] -: 8], wide[a[6:0]], w[a[4:0] +: 12], row[31:5]};
    wire [0:31] w = a;`,

  wildcards: `
    reg [7:0] z, x, first;
    always @* casez (a[7:0])
      8'b1???_???0: z = 1;
      8'b?1??_??1?: z = 2;
      8'b??1z_zz??: z = b[7:0];
      default: z = ~a[7:0];
    endcase
    always @* casex (b[5:0])
      6'b1x0x1x: x = 3;
      6'bx10xxx: x = a[9:2];
      default: x = 0;
    endcase
    always @* case (1'b1)
      a[0] & b[0]: first = 1;
      a[1], b[1]: first = 2;
      a[3:2] == b[3:2]: first = 3;
      default: first = 4;
    endcase
    assign y = {z, x, first};`,

  labels: `
    wire signed [3:0] s = a[3:0];
    localparam signed [1:0] P = 1;
    localparam [1:0] Q = 3;
    reg [3:0] p, q, r;
    always @* case (s) -2'sd1: p = 1; 4'd2: p = 2; 2'sb10: p = 3; default: p = 0; endcase
    always @* case (b[3:0])
      ~2'b00, -2'd3: begin : named if (a[4]) q = a[5] ? 1 : 2; else case (s) -2'sd2: q = 5; default: q = 6; endcase end
      Q + 2'd3, Q << 1: q = 3; // one more: 4'd6
      -P - P: if (a[4]) q = 4; else q = 7;
      default: q = 0;
    endcase
    always @* casez (a[15:10])
      6'b1?0??1: r = 1;
      ~3'b001: r = 2;
      {2'b10, ~1'b0, 3'b0?1}: r = 3;
      default: r = 4;
    endcase
    assign y = {p, q, r};`,

  functions_and_tasks: `
    function [7:0] ones(input [31:0] of);
      integer i;
      begin
        ones = 0;
        for (i = 0; i < 32; i = i + 1) if (of[i]) ones = ones + 1;
      end
    endfunction
    function signed [8:0] difference(input signed [7:0] p, input signed [7:0] q);
      difference = p - q;
    endfunction
    reg [15:0] sum = 0;
    reg [7:0] last = 0;
    task add(input [15:0] what, output [7:0] earlier);
      begin
        earlier = sum;
        sum = sum + what;
      end
    endtask
    always @(posedge clk) begin
      add(a, last);
      if (b[0]) add(last, last);
    end
    assign y = {sum, last, ones(a), ones({b, 4'hf}), difference(a[7:0], b[7:0])};`,

  generated: `
    wire [7:0] part [0:3];
    genvar i;
    generate
      for (i = 0; i < 4; i = i + 1) begin : each
        reg [7:0] count = i;
        if (i % 2) begin : odd
          always @(posedge clk) count <= count + a[8*i +: 8];
        end else
          always @(posedge clk) if (rst) count <= 8'h40 >> i; else count <= count ^ (b >> 3*i);
        assign part[i] = count - i;
      end
      case (4 - 2)
        1: assign y = 0;
        2: assign y = {part[3], part[2], part[1], part[0], each[3].count, each[0].count};
      endcase
    endgenerate`,

  byte_enables: `
    reg [31:0] words [0:15];
    reg [31:0] q = 0;
    integer i;
    initial for (i = 0; i < 16; i = i + 1) words[i] = 32'h01020304 * i;
    always @(posedge clk) begin
      for (i = 0; i < 4; i = i + 1) if (b[i]) words[a[3:0]][8*i +: 8] <= wide[8*i +: 8];
      if (b[4]) q <= words[a[7:4]];
    end
    assign y = {q, words[a[11:8]]};`,

  resets: `
    reg [7:0] high = 8'h12, low = 8'h34, plain = 8'h56;
    reg [7:0] falling = 8'h78;
    wire rst_n = ~rst;
    always @(posedge clk or posedge rst) if (rst) high <= 8'hc3; else if (a[0]) high <= high + b[7:0];
    always @(posedge clk or negedge rst_n) if (!rst_n) low <= 0; else low <= {low[6:0], a[1] ^ low[7]};
    always @(posedge clk) if (rst) plain <= 8'haa; else if (b[2]) plain <= plain - a[9:2];
    always @(negedge clk) falling <= falling + high + plain;
    assign y = {high, low, plain, falling};`,

  wide_words: `
    reg [99:0] sum = 0;
    wire signed [99:0] s = wide;
    wire signed [70:0] t = {a, b, 7'h55};
    wire [127:0] product = a * wide;
    // Icarus 11 has 0 for a quotient by 1 of numbers of this width.
    wire [99:0] quotient = wide / (b[15:0] + 2);
    wire signed [99:0] shifted = s >>> b[6:0];
    wire [99:0] sums = s + t;
    always @(posedge clk) sum <= (sum << 3) + wide - {b, a};
    assign y = {^product, product[127:120], quotient[60:50], shifted[80:70], sums[99:90], sum[99:80], s > t, wide % 7 > a % 7};`,

  blocking: `
    reg [7:0] p = 0, q = 1, r = 2;
    reg [7:0] swap_a = 5, swap_b = 9;
    reg [7:0] reversed;
    integer i, j;
    always @(posedge clk) begin
      p = a[7:0]; q <= p + r; p = p ^ b[7:0]; r <= q;
      if (a[8]) begin swap_a <= swap_b; swap_b <= swap_a; end
    end
    always @* begin
      reversed = 0;
      i = 0;
      for (j = 7; j >= 0; j = j - 1) begin
        if (a[j]) begin reversed[i] = b[j]; i = i + 1; end
      end
    end
    assign y = {p, q, r, swap_a, swap_b, reversed, i[3:0]};`,

  packed_arrays: `
    logic [3:0][7:0] lanes;
    logic signed [2:0][4:0] small_ones;
    typedef struct packed { logic [3:0] kind; logic signed [7:0] value; logic flag; } entry;
    entry now, kept = 0;
    typedef enum logic [1:0] { IDLE, RUN, STOP } state_t;
    state_t state = IDLE;
    assign lanes = a;
    assign small_ones = b[14:0];
    assign now = wide[12:0];
    always_ff @(posedge clk) begin
      kept <= now.flag ? now : {4'd3, -8'sd2, 1'b1};
      case (state)
        IDLE: if (a[0]) state <= RUN;
        RUN: state <= b[0] ? STOP : IDLE;
        default: state <= IDLE;
      endcase
    end
    assign y = {lanes[b[1:0]], lanes[1][b[4:2]], lanes[3:2], small_ones[2], kept.kind, kept.value, state, $bits(kept)};`,
};

/** All of them in one file of SystemVerilog, as instances within the module `top`. */
export function designsFile(designs: Readonly<Record<string, string>>): string {
  const ports = 'input clk, input rst, input [31:0] a, input [31:0] b, input [99:0] wide';
  const names = Object.keys(designs);
  const modules = names.map(
    name => `module ${name} (${ports}, output [63:0] y);${designs[name]}\nendmodule\n`,
  );
  const outputs = names.map(name => `output [63:0] y_${name}`);
  const instances = names.map(name => `  ${name} ${name} (clk, rst, a, b, wide, y_${name});`);
  return [...modules, `module top (${[ports, ...outputs].join(', ')});`, ...instances, 'endmodule\n'].join(
    '\n',
  );
}
