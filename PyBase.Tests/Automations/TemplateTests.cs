using System.Text.Json.Nodes;
using PyBase.Core.Automations;
using PyBase.Tests.Records;
using PyBase.Workers.Automations;

namespace PyBase.Tests.Automations;

/// <summary>What stands in double braces, conditions on it, moments, secrets and scripts.</summary>
public sealed class TemplateTests
{
    static readonly JsonObject Scope = JsonNode.Parse("""{"a":{"b c":1.50,"list":[1,2],"named":{"id":"x","name":"N"},"odd.name":true,"text":"<&>"},"none":null}""")!.AsObject();

    [Theory]
    [InlineData("\"{{a.b c}}\"", "1.50"), InlineData("\"{{ a.list }}\"", "[1,2]"), InlineData("\"{{a.list[1]}}\"", "2"), InlineData("\"{{a.list.count}}\"", "2"), InlineData("\"{{a[\\\"odd.name\\\"]}}\"", "true")]
    [InlineData("\"x {{a.b c}}, {{a.list}}, {{a.named}}, {{none}}{{a.gone.deeper}}.\"", "\"x 1.50, 1, 2, N, .\""), InlineData("\"{{a.gone}}\"", "null"), InlineData("\"{{a.list[9]}}\"", "null")]
    [InlineData("{\"k\":[\"{{a.text}}\",7]}", "{\"k\":[\"<&>\",7]}"), InlineData("\"{{open\"", "\"{{open\""), InlineData("\"}} {{a.text}}{{\"", "\"}} <&>{{\"")]
    public void A_place_becomes_what_stands_there(string template, string becomes) => Sheet.Same($$"""{"v":{{becomes}}}""", new JsonObject { ["v"] = Template.Render(JsonNode.Parse(template), Scope) });

    [Fact]
    public void What_is_put_into_an_address_cannot_lead_elsewhere() =>
        Assert.Equal("https://x.example/%3C%26%3E?n=N", Template.RenderUrl("https://x.example/{{a.text}}?n={{a.named}}", Scope));

    [Theory]
    [InlineData("""[{"value":200,"operator":"is","to":"200"}]""", true), InlineData("""[{"value":"a","operator":"is","to":"b"}]""", false), InlineData("""[{"value":null,"operator":"isEmpty"}]""", true)]
    [InlineData("""[{"value":[1,2],"operator":"contains","to":2},{"value":3,"operator":"greaterThan","to":2.5}]""", true), InlineData("""[{"value":"x","operator":"lessThan","to":1}]""", false)]
    [InlineData("""[{"value":"Abc","operator":"doesNotContain","to":"B"}]""", false), InlineData("""[{"value":1,"operator":"resembles","to":1}]""", null)]
    public void Conditions_on_values_hold_or_do_not(string conditions, bool? holds) => Assert.Equal(holds, ValueCondition.AllHold(JsonNode.Parse(conditions)!.AsArray()));

    [Fact]
    public void Moments_follow_the_clock_of_their_zone_over_its_changes()
    {
        var schedule = Schedule.Read("30 2 * * *", "Europe/Zurich").Value;
        var next = new DateTimeOffset(2026, 3, 27, 12, 0, 0, TimeSpan.Zero);
        var moments = new List<string>();
        for (var n = 0; n < 3; n++)
            moments.Add((next = schedule.Next(next)!.Value).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        // On the 29th there is no half past two; three o'clock comes in its place.
        Assert.Equal(["03-28 01:30", "03-29 01:00", "03-30 00:30"], moments);
    }

    [Fact]
    public void Secrets_are_found_wherever_they_stand() => Sheet.Same("""{"url":"https://x/?k=•••","headers":{"Authorization":"•••","N":"1"},"list":["a ••• b"],"n":1}""",
        new SecretWords(["s3cr&t"]).Hide(JsonNode.Parse("""{"url":"https://x/?k=s3cr%26t","headers":{"Authorization":"Basic abc","N":"1"},"list":["a s3cr&t b"],"n":1}""")));

    [Theory]
    [InlineData("for (;;) {}", "script-stopped"), InlineData("const a = []; for (;;) a.push('x'.repeat(100000))", "script-stopped"), InlineData("function f() { return f() } return f()", "script-stopped")]
    [InlineData("throw new Error('no')", "script-failed"), InlineData("return )", "script-failed"), InlineData("return eval('1')", "script-failed"), InlineData("return new Function('return 1')()", "script-failed")]
    [InlineData("return System.IO.File.ReadAllText('/etc/passwd')", "script-failed"), InlineData("return require('fs')", "script-failed"), InlineData("return fetch('http://localhost')", "script-failed")]
    [InlineData("return input.constructor.constructor('return 1')()", "script-failed"), InlineData("return 'x'.repeat(2000000)", "script-output-too-large"), InlineData("return new Array(1e9).fill(1)", "script-stopped")]
    public void A_script_cannot_get_out_or_go_on_for_ever(string code, string error) => Assert.Equal(error, RunScriptStep.Run(code, "{}", TestContext.Current.CancellationToken).Error?.Code);

    [Fact]
    public void A_script_gets_json_and_gives_json() =>
        Sheet.Same("""{"result":{"sum":6,"text":"a-b"}}""", RunScriptStep.Run("return { sum: input.list.reduce((a, b) => a + b, 0), text: input.text.replace(/\\s/g, '-') }", """{"list":[1,2,3],"text":"a b"}""", TestContext.Current.CancellationToken).Output);
}
