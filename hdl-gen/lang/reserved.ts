import { badName } from './diagnostics.ts';

/**
 * Words that cannot name anything: those of Verilog-2005, those that SystemVerilog adds, as lint tools read both, and
 * those of C++, which Verilator refuses because it makes C++ of the Verilog. `wone` is a type of Icarus Verilog.
 */
const reserved: ReadonlySet<string> = new Set(
  `always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config deassign default defparam
  design disable edge else end endcase endconfig endfunction endgenerate endmodule endprimitive endspecify endtable
  endtask event for force forever fork function generate genvar highz0 highz1 if ifnone incdir include initial inout
  input instance integer join large liblist library localparam macromodule medium module nand negedge nmos nor
  noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1 pulldown pullup
  pulsestyle_onevent pulsestyle_ondetect rcmos real realtime reg release repeat rnmos rpmos rtran rtranif0 rtranif1
  scalared showcancelled signed small specify specparam strong0 strong1 supply0 supply1 table task time tran tranif0
  tranif1 tri tri0 tri1 triand trior trireg unsigned use uwire vectored wait wand weak0 weak1 while wire wor xnor xor

  accept_on alias always_comb always_ff always_latch assert assume before bind bins binsof bit break byte chandle
  checker class clocking const constraint context continue cover covergroup coverpoint cross dist do endchecker
  endclass endclocking endgroup endinterface endpackage endprogram endproperty endsequence enum eventually expect
  export extends extern final first_match foreach forkjoin global iff ignore_bins illegal_bins implements implies
  import inside int interconnect interface intersect join_any join_none let local logic longint matches modport
  nettype new nexttime null package packed priority program property protected pure rand randc randcase randsequence
  ref reject_on restrict return s_always s_eventually s_nexttime s_until s_until_with sequence shortint shortreal
  soft solve static string strong struct super sync_accept_on sync_reject_on tagged this throughout timeprecision
  timeunit type typedef union unique unique0 until until_with untyped var virtual void wait_order weak wildcard with
  within

  alignas alignof and_eq asm auto bitand bitor bool catch char char16_t char32_t compl concept const_cast constexpr
  decltype delete double dynamic_cast explicit false float friend goto inline mutable namespace noexcept not_eq
  nullptr operator or_eq private register reinterpret_cast requires short sizeof static_assert static_cast switch
  template thread_local throw true try typeid typename using volatile wchar_t xor_eq

  abort atomic_cancel atomic_commit atomic_noexcept bit_vector cdecl complex const_iterator deque far huge interrupt
  iterator list map near override pascal queue sc_clock sc_in sc_inout sc_out sc_signal sensitive sensitive_neg
  sensitive_pos set stack synchronized type_info uint16_t uint32_t uint8_t vector

  wone`.split(/\s+/),
);

/** Whether Verilog, SystemVerilog or C++ keeps this word for itself. */
export function isReserved(word: string): boolean {
  return reserved.has(word);
}

/** Whether a text can be an identifier: a letter or underscore, then letters, digits and underscores. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** Refuses a name that Verilog reserves or cannot spell. `at` is the line that asks for it, by default the caller's. */
export function requireName(name: string, at?: string): void {
  if (!isIdentifier(name))
    throw badName(
      name,
      'Verilog names are letters, digits and underscores, and do not begin with a digit',
      at,
    );
  if (isReserved(name)) throw badName(name, 'Verilog, SystemVerilog or C++ reserves the word', at);
}
