using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using PyBase.Core.Jobs;
using PyBase.Realtime.Presence;
using PyBase.Realtime.Tables;
using PyBase.Storage.Changes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>MessagePack says what JSON says, to readers that know nothing of PyBase, and is read with the same care.</summary>
public sealed class PackedJsonTests
{
    static readonly JsonSerializerOptions s_json = Json();
    static readonly MessagePackSerializerOptions s_packed = PackedJson.Options(s_json);

    [Theory]
    [InlineData("null"), InlineData("true"), InlineData("{}"), InlineData("[]"), InlineData("\"\""), InlineData("""{"a":{"b":[1,[2,{"c":null}],{}],"d":[]},"e":false}""")]
    [InlineData("[0,127,128,-1,-32,-33,255,256,65535,65536,4294967296,9223372036854775807,-9223372036854775808,18446744073709551615]")]
    [InlineData("[0.5,-0.25,1e3,1.5e300,123456789012345678901234567890]")]
    [InlineData("""["Zahnrad \"⌀ 8\"","\u0001\\ \/","𝄞","\ud834\udd1e"]"""), InlineData("""{"Größe\n":"a"}""")]
    public void A_value_is_the_same_for_any_reader_and_comes_back(string text)
    {
        var value = JsonSerializer.Deserialize<JsonElement>(text);

        var packed = MessagePackSerializer.Serialize(value, s_packed, TestContext.Current.CancellationToken);

        var read = HubLog.Plain(MessagePackSerializer.Deserialize<object?>(packed, MessagePackSerializerOptions.Standard, TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(Rounded(text), read), $"{text} became {read?.ToJsonString()}");
        Assert.True(JsonNode.DeepEquals(Rounded(text), MessagePackSerializer.Deserialize<JsonNode?>(packed, s_packed, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Long_texts_and_lists_have_their_length_in_front()
    {
        foreach (var length in (int[])[15, 16, 31, 32, 255, 256, 65_535, 65_536])
        {
            var value = new { text = new string('x', length), list = Enumerable.Range(0, length).ToArray(), map = Enumerable.Range(0, length).ToDictionary(n => $"k{n}", n => n) };
            var packed = MessagePackSerializer.Serialize(value, s_packed, TestContext.Current.CancellationToken);
            var read = HubLog.Plain(MessagePackSerializer.Deserialize<object>(packed, MessagePackSerializerOptions.Standard, TestContext.Current.CancellationToken));
            Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(value), read));
        }
    }

    [Fact]
    public void An_argument_is_read_as_it_would_be_from_JSON()
    {
        var packed = MessagePackSerializer.Serialize<object>(new Dictionary<string, object?> { ["viewId"] = null, ["recordId"] = "recAAAAAAAAAAAAAA", ["editing"] = true, ["unknown"] = new[] { 1 } }, MessagePackSerializerOptions.Standard, TestContext.Current.CancellationToken);
        Assert.Equal(new Place(null, "recAAAAAAAAAAAAAA", null, true), MessagePackSerializer.Deserialize<Place?>(packed, s_packed, TestContext.Current.CancellationToken));
        Assert.Null(MessagePackSerializer.Deserialize<Place?>(new byte[] { 0xc0 }, s_packed, TestContext.Current.CancellationToken));
        // Some clients have no integers.
        Assert.Equal(7L, MessagePackSerializer.Deserialize<long?>(new byte[] { 0xcb, 0x40, 0x1c, 0, 0, 0, 0, 0, 0 }, s_packed, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("c403010203", "bytes"), InlineData("d6ff00000000", "an extension"), InlineData("8101c0", "a property without a name"), InlineData("81c0c0", "a property named nil")]
    [InlineData("cb7ff8000000000000", "no number"), InlineData("92c0", "a list that ends early"), InlineData("ddffffffff", "a list of four thousand million"), InlineData("dbffffffff61", "a text of four gigabytes")]
    [InlineData("c1", "nothing"), InlineData("", "not even that")]
    public void What_JSON_cannot_say_and_what_breaks_off_is_refused(string hex, string what) =>
        Assert.True(Record.Exception(() => MessagePackSerializer.Deserialize<JsonNode?>(Convert.FromHexString(hex), s_packed, TestContext.Current.CancellationToken)) is MessagePackSerializationException, what);

    [Theory]
    [InlineData(0x91), InlineData(0x81)]
    public void Depth_is_bounded(byte opening)
    {
        byte[] Nested(int depth) => [.. Enumerable.Repeat(opening is 0x91 ? new byte[] { 0x91 } : [0x81, 0xa1, 0x61], depth).SelectMany(b => b), 0xc0];
        Assert.NotNull(MessagePackSerializer.Deserialize<JsonNode?>(Nested(60), s_packed, TestContext.Current.CancellationToken));
        foreach (var depth in (int[])[70, 100_000])
            Assert.Throws<MessagePackSerializationException>(() => MessagePackSerializer.Deserialize<JsonNode?>(Nested(depth), s_packed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_message_is_spelled_once_for_each_protocol_and_is_shorter_in_MessagePack()
    {
        var changes = JsonSerializer.SerializeToElement(new[] { new
        {
            kind = "cellsChanged",
            records = Enumerable.Range(0, 50).Select(n => new { id = $"rec{n:D14}", fields = new Dictionary<string, object> { ["fldAAAAAAAAAAAAAA"] = 1_000 + n * 0.25 } }),
        } });
        var message = Listener.Message("Changes", new FeedMessage("tblAAAAAAAAAAAAAA", 12_345, 12_345, "usrAAAAAAAAAAAAAA", null, DateTimeOffset.UnixEpoch, changes));
        IHubProtocol json = new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = s_json }));
        IHubProtocol packed = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = s_packed }));

        Assert.Equal(message.GetSerializedMessage(json), message.GetSerializedMessage(json));
        Assert.Equal(message.GetSerializedMessage(packed), message.GetSerializedMessage(packed));
        // docs/system-architecture.md tells these two.
        Assert.Equal((3_475, 2_932), (message.GetSerializedMessage(json).Length, message.GetSerializedMessage(packed).Length));
    }

    static JsonSerializerOptions Json()
    {
        var json = new JsonHubProtocolOptions().PayloadSerializerOptions;
        foreach (var converter in JobJson.Options.Converters)
            json.Converters.Add(converter);
        return json;
    }

    /// <summary>With numbers as a double holds them where no integer of 64 bits does.</summary>
    static JsonNode? Rounded(string text)
    {
        return Round(JsonNode.Parse(text));

        static JsonNode? Round(JsonNode? value) => value switch
        {
            JsonObject item => new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, Round(p.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Round)]),
            JsonValue number when number.GetValueKind() is JsonValueKind.Number && !long.TryParse(number.ToJsonString(), out _) && !ulong.TryParse(number.ToJsonString(), out _) => JsonValue.Create(number.GetValue<double>()),
            _ => value?.DeepClone(),
        };
    }
}
