using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;

namespace PyBase.Tests.Support;

/// <summary>
/// Reads the few fields that tests ask for out of opentelemetry-proto's <c>ExportTraceServiceRequest</c>, by field number; the rest is skipped:
/// request { 1 resource_spans { 1 resource { 1 attributes }, 2 scope_spans { 1 scope { 1 name }, 2 spans } } },
/// span { 1 trace_id, 2 span_id, 4 parent_span_id, 5 name, 6 kind, 9 attributes }, attribute { 1 key, 2 value { 1 string, 2 bool, 3 int, 4 double } }.
/// </summary>
static class OtlpSpans
{
    public static List<ReceivedSpan> Read(byte[] request)
    {
        List<ReceivedSpan> spans = [];
        Fields(request, (number, input) =>
        {
            if (number == 1)
                ReadResource(input.ReadBytes(), spans);
            else
                input.SkipLastField();
        });
        return spans;
    }

    static void ReadResource(ByteString resourceSpans, List<ReceivedSpan> spans)
    {
        Dictionary<string, string> resource = [];
        List<ByteString> scopes = [];
        Fields(resourceSpans, (number, input) =>
        {
            if (number == 1)
                Fields(input.ReadBytes(), (inner, attributes) => ReadAttribute(inner == 1, attributes, resource));
            else if (number == 2)
                scopes.Add(input.ReadBytes());
            else
                input.SkipLastField();
        });
        foreach (var scope in scopes)
            ReadScope(scope, resource.GetValueOrDefault("service.name", ""), spans);
    }

    static void ReadScope(ByteString scopeSpans, string service, List<ReceivedSpan> spans)
    {
        var scope = "";
        List<ByteString> raw = [];
        Fields(scopeSpans, (number, input) =>
        {
            if (number == 1)
                Fields(input.ReadBytes(), (inner, name) => _ = inner == 1 ? scope = name.ReadString() : Skip(name));
            else if (number == 2)
                raw.Add(input.ReadBytes());
            else
                input.SkipLastField();
        });
        spans.AddRange(raw.Select(span => ReadSpan(span, service, scope)));
    }

    static ReceivedSpan ReadSpan(ByteString span, string service, string scope)
    {
        var (trace, id, parent, name, kind) = ("", "", "", "", 0);
        Dictionary<string, string> attributes = [];
        Fields(span, (number, input) =>
        {
            switch (number)
            {
                case 1: trace = Hex(input.ReadBytes()); break;
                case 2: id = Hex(input.ReadBytes()); break;
                case 4: parent = Hex(input.ReadBytes()); break;
                case 5: name = input.ReadString(); break;
                case 6: kind = input.ReadEnum(); break;
                default: ReadAttribute(number == 9, input, attributes); break;
            }
        });
        // 0 unspecified, then ActivityKind's own order from 1
        return new(service, scope, trace, id, parent is "" ? null : parent, name, (ActivityKind)Math.Max(0, kind - 1)) { Attributes = attributes };
    }

    static void ReadAttribute(bool wanted, CodedInputStream input, Dictionary<string, string> into)
    {
        if (!wanted)
        {
            input.SkipLastField();
            return;
        }
        var (key, value) = ("", "");
        Fields(input.ReadBytes(), (number, attribute) =>
        {
            if (number == 1)
                key = attribute.ReadString();
            else if (number == 2)
                value = Value(attribute.ReadBytes());
            else
                attribute.SkipLastField();
        });
        into[key] = value;
    }

    static string Value(ByteString any)
    {
        var value = "";
        Fields(any, (number, input) => value = number switch
        {
            1 => input.ReadString(),
            2 => input.ReadBool() ? "true" : "false",
            3 => input.ReadInt64().ToString(CultureInfo.InvariantCulture),
            4 => input.ReadDouble().ToString(CultureInfo.InvariantCulture),
            _ => Skip(input),
        });
        return value;
    }

    static string Skip(CodedInputStream input)
    {
        input.SkipLastField();
        return "";
    }

    static void Fields(ByteString message, Action<int, CodedInputStream> field) => Fields(message.ToByteArray(), field);

    static void Fields(byte[] message, Action<int, CodedInputStream> field)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
            field(WireFormat.GetTagFieldNumber(tag), input);
    }

    static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
