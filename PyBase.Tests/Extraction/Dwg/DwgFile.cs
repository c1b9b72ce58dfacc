using System.Text;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>
/// The smallest drawing in each version, written here: model space with one TEXT on a layer. Pages are not compressed where the
/// version allows it.
/// </summary>
static class DwgFile
{
    public static readonly string[] Versions = ["AC1015", "AC1018", "AC1021", "AC1024", "AC1027", "AC1032"];

    const int Layer = 0x10, Block = 0x1F, Begin = 0x20, Text = 0x30;

    public static byte[] Write(string version, string text) => Write(version, [text]);

    /// <summary>The same with several texts, which only R2000 has a chain for.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="texts">What stands in the drawing.</param>
    /// <param name="isFilled">Whether pages are compressed and hold filler behind their data.</param>
    public static byte[] Write(string version, IReadOnlyList<string> texts, bool isFilled = false)
    {
        var last = Text + texts.Count - 1;
        var number = Array.IndexOf(Versions, version);
        var writer = new Objects(number);
        writer.Add(Layer, 51, isEntity: false, data => data.BitShort(1 << 4).BitShort(number >= 1 ? 0 : 3).Append(number >= 1 ? new DwgBits().BitLong(unchecked((int)0xC3000003)).Raw(0) : new DwgBits()),
            ["Notes"], [0, 0, 0, 0], hasXref: true);
        writer.Add(Block, 49, isEntity: false, data =>
        {
            data.Bits(0, 0, 0, 0, 0);
            if (number >= 1)
                data.BitLong(1);
            data.BitDouble(0).BitDouble(0).BitDouble(0);
            if (number >= 2)
                data.Raw(0);
        }, ["*Model_Space", "", ""], number >= 1 ? [0, Begin, Text, 0, 0] : [0, Begin, Text, last, 0, 0], hasXref: true);
        writer.Add(Begin, 4, isEntity: true, _ => { }, ["*Model_Space"], []);
        for (var i = 0; i < texts.Count; i++)
            writer.Add(Text + i, 1, isEntity: true, data => data.Raw(0xE7).Double(1).Double(2).Bits(1, 1).Double(Math.PI / 2).Double(2.5).Double(1), [texts[i]], [0], textLast: false);
        return version switch
        {
            "AC1015" => Plain(version, writer),
            "AC1021" => DwgPages.Write2007(version, writer.Sections(0)),
            _ => DwgPages.Write2004(version, writer.Sections(0), isFilled),
        };
    }

    static byte[] Plain(string version, Objects writer)
    {
        const int start = 64;
        var sections = writer.Sections(start);
        var objects = sections["AcDb:AcDbObjects"];
        var map = sections["AcDb:Handles"];
        List<byte> head = [.. Head(version)];
        head.AddRange(BitConverter.GetBytes(1));
        head.Add(2);
        head.AddRange(BitConverter.GetBytes(start + objects.Length));
        head.AddRange(BitConverter.GetBytes(map.Length));
        return [.. head, .. new byte[start - head.Count], .. objects, .. map];
    }

    /// <summary>The 21 bytes all versions begin with; 30 is Windows-1252.</summary>
    public static byte[] Head(string version) => [.. Encoding.ASCII.GetBytes(version), 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 30, 0];

    sealed class Objects(int version)
    {
        readonly List<(int Handle, byte[] Bytes)> all = [];

        bool Wide => version >= 2;

        public void Add(int handle, int type, bool isEntity, Action<DwgBits> write, string[] texts, int[] handles, bool hasXref = false, bool textLast = true)
        {
            var (data, strings, refs) = (new DwgBits(), new DwgBits(), new DwgBits());
            data.Handle(0, handle).BitShort(0);
            if (isEntity)
            {
                var mode = type == 4 ? 0 : 2;
                data.Bits(0).Bits(mode >> 1, mode & 1);
                if (mode == 0)
                    refs.Handle(4, Block);
            }
            else
                refs.Handle(4, 0);
            data.BitLong(0);
            if (version >= 1)
                data.Bits(1);
            else
                refs.Handle(3, 0);
            if (version >= 4)
                data.Bits(0);
            if (isEntity)
            {
                if (version < 1)
                    data.Bits(1);
                data.BitShort(0).BitDouble(1).Bits(0, 0);
                refs.Handle(5, Layer);
                if (Wide)
                    data.Bits(0, 0).Raw(0);
                data.Bits(0, 0);
                if (version >= 3)
                    data.Bits(0, 0, 0);
                data.BitShort(0).Raw(0);
            }
            // Up to R2004 texts stand among the data: the first one before all else, but of a TEXT behind it.
            var own = new DwgBits();
            if (hasXref && Wide)
                own.BitShort(0);
            else if (hasXref)
                own.Bits(0).BitShort(0).Bits(0);
            write(own);
            if (Wide)
            {
                foreach (var text in texts)
                    strings.Text(text, true);
                data.Append(own);
            }
            else if (type == 49)
            {
                // Path, no inserts, description.
                data.Text(texts[0], false).Append(own).Text("", false).Raw(0).Text("", false);
            }
            else if (textLast)
                data.Text(texts[0], false).Append(own);
            else
                data.Append(own).Text(texts[0], false);
            foreach (var one in handles)
                refs.Handle(5, one);
            all.Add((handle, Assemble(type, data, strings, refs)));
        }

        byte[] Assemble(int type, DwgBits data, DwgBits strings, DwgBits refs)
        {
            var tail = new DwgBits();
            if (Wide)
                tail.Append(strings).Short(strings.Count).Bits(1);
            var body = version >= 3 ? new DwgBits().Bits(0, 0).Raw((byte)type) : new DwgBits().BitShort(type);
            if (version < 3)
                body.Long(body.Count + 32 + data.Count + tail.Count);
            body.Append(data).Append(tail);
            var before = body.Count;
            body.Append(refs);
            while (body.Count % 8 != 0)
                body.Bits(0);
            var bytes = body.ToArray();
            var rest = body.Count - before;
            List<byte> one = [(byte)bytes.Length, (byte)(bytes.Length >> 8)];
            if (version >= 3)
                one.AddRange(rest < 128 ? [(byte)rest] : [(byte)(rest & 127 | 128), (byte)(rest >> 7)]);
            one.AddRange(bytes);
            var crc = Crc([.. one]);
            return [.. one, (byte)crc, (byte)(crc >> 8)];
        }

        public Dictionary<string, byte[]> Sections(int start)
        {
            List<byte> map = [], objects = [];
            // Pieces of some 2032 bytes, each counting from zero; the last pair of one goes beyond, as with some programs.
            for (var next = 0; next < all.Count;)
            {
                List<byte> steps = [];
                var last = (Handle: 0, Place: 0);
                for (; next < all.Count && steps.Count <= 2032; next++)
                {
                    var (handle, bytes) = all[next];
                    var place = start + objects.Count;
                    Modular(steps, handle - last.Handle, signBit: 0);
                    Modular(steps, place - last.Place, signBit: 1);
                    last = (handle, place);
                    objects.AddRange(bytes);
                }
                byte[] sized = [(byte)((steps.Count + 2) >> 8), (byte)(steps.Count + 2), .. steps];
                var crc = Crc(sized);
                map.AddRange([.. sized, (byte)(crc >> 8), (byte)crc]);
            }
            return new() { ["AcDb:AcDbObjects"] = [.. objects], ["AcDb:Handles"] = [.. map, 0, 2, 0, 0] };
        }

        // Seven bits a byte, the lowest first; of a signed number the last byte has six.
        static void Modular(List<byte> bytes, int number, int signBit)
        {
            for (; number >= 128 >> signBit; number >>= 7)
                bytes.Add((byte)(number & 127 | 128));
            bytes.Add((byte)number);
        }
    }

    // The polynomial bit by bit, apart from the table of the reader.
    static ushort Crc(byte[] bytes)
    {
        ushort crc = 0xC0C1;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var i = 0; i < 8; i++)
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
        }
        return crc;
    }
}
