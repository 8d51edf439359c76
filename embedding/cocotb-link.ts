import { byteKinds, type LinkInterface } from './core.ts';

/** The part of a test in cocotb that plays the bytes of a script on the wires of a UART or of SPI. */
export function linkBody({ kind, cyclesPerBit, script }: LinkInterface): string {
  const names = Object.keys(byteKinds).map(name => name.toUpperCase());
  return `
${names.join(', ')} = range(${names.length})
BIT = ${Math.round(10_000 * cyclesPerBit)}  # picoseconds of a bit on the wire; a cycle has 10 ns


def exchanges():
    """What is sent, what has to be answered, and whether it is sent again until it is."""
    request, answer = [], []
    lines = vectors("${script.file}")
    assert len(lines) == ${script.lines}, f"${script.file} has {len(lines)} of ${script.lines} lines"
    for line in lines:
        kind, value = line >> 8, line & 255
        if kind == SEND:
            request.append(value)
        elif kind == EXPECT:
            answer.append(value)
        else:
            yield request, answer, kind == AGAIN
            request, answer = [], []


class Answers:
    """What came from the core, between zeros."""

    def __init__(self):
        self.open = []
        self.whole = []

    def take(self, value):
        if value != 0:
            self.open.append(value)
        elif self.open:
            self.whole.append(self.open)
            self.open = []

${kind === 'uart' ? uartWire : spiWire}

async def play(dut, pauses):
    """Plays all exchanges; with \`pauses\` the host waits at random between two bytes."""
    wire = Wire(dut, pauses)
    await start(dut)
    for _ in range(20):
        await wire.rest()
    for number, (request, answer, again) in enumerate(exchanges()):
        for _ in range(20 if again else 1):
            wire.answers.whole.clear()
            for value in request:
                await wire.send(value)
            silent = 0
            while not wire.answers.whole and silent < 100:
                before = len(wire.answers.open)
                await wire.rest()
                silent = silent + 1 if len(wire.answers.open) == before else 0
            for _ in range(20):
                await wire.rest()
            came = list(wire.answers.whole)
            if came == ([answer] if answer else []):
                break
        else:
            raise AssertionError(f"exchange {number}: {came} came, {answer} is expected")
        assert not wire.answers.open, f"exchange {number}: bytes that nobody asked for"
`;
}

const uartWire = `
class Wire:
    """Both lines of the UART."""

    def __init__(self, dut, pauses):
        self.dut = dut
        self.pauses = pauses
        self.answers = Answers()
        dut.rx.value = 1
        cocotb.start_soon(self.listen())

    async def rest(self):
        await Timer(BIT, "ps")

    async def send(self, value):
        """A start bit, eight bits from the lowest on, a stop bit."""
        if self.pauses:
            await Timer(random.randrange(1, 4 * BIT), "ps")
        for level in [0, *(value >> i & 1 for i in range(8)), 1]:
            self.dut.rx.value = level
            await Timer(BIT, "ps")

    async def listen(self):
        """What the core sends, looked at in the middle of each bit."""
        while True:
            await FallingEdge(self.dut.tx)
            await Timer(BIT // 2, "ps")
            if int(self.dut.tx.value) == 1:
                continue
            value = 0
            for i in range(8):
                await Timer(BIT, "ps")
                value |= int(self.dut.tx.value) << i
            await Timer(BIT, "ps")
            assert int(self.dut.tx.value) == 1, "a byte without a stop bit"
            self.answers.take(value)
`;

const spiWire = `
class Wire:
    """The master of SPI, in mode 0."""

    def __init__(self, dut, pauses):
        self.dut = dut
        self.pauses = pauses
        self.answers = Answers()
        dut.cs_n.value = 1
        dut.sck.value = dut.mosi.value = 0

    async def rest(self):
        """The core sends where the host does, so the host sends zeros."""
        await self.send(0)

    async def send(self, value):
        """A byte in each direction, the highest bit first; both look where the clock rises."""
        if self.pauses and random.randrange(4) == 0:
            self.dut.cs_n.value = 1
            await Timer(random.randrange(1, 8) * BIT, "ps")
        self.dut.cs_n.value = 0
        came = 0
        for i in range(7, -1, -1):
            self.dut.mosi.value = value >> i & 1
            await Timer(BIT // 2, "ps")
            came = 2 * came + int(self.dut.miso.value)
            self.dut.sck.value = 1
            await Timer(BIT - BIT // 2, "ps")
            self.dut.sck.value = 0
        self.answers.take(came)
`;
