using System.Net;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Airtable's <c>filterByFormula</c> over the real routes.</summary>
[Collection(OnStandalone.Name)]
public sealed class FilterByFormulaTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Records_for_which_a_formula_is_true_are_shown()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), """
            {"records":[{"fields":{"Name":"a","Count":1,"State":"Open"}},{"fields":{"Name":"b","Count":12,"State":"Closed"}},{"fields":{"Name":"c","Count":0}},{"fields":{"Name":"d"}}]}
            """);
        foreach (var (formula, expected) in ((string, string)[])[("{Count}>0", "ab"), ("NOT({Count})", "cd"), ("{Name}=\"c\"", "c"), ("AND({State}=\"Open\",{Count}<5)", "a"), ("OR(Name=\"a\",Name=\"d\")", "ad"),
            ("1/0", "abcd"), ("0", ""), ("LEN({State})=6", "b"), ("{Count}", "ab"), ("", "abcd")])
        {
            var got = await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?filterByFormula={Uri.EscapeDataString(formula)}");
            Assert.Equal((formula, expected), (formula, string.Concat(got["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!))));
        }
        Assert.Equal(2, (int)(await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/tables/Things/aggregate", """{"filterByFormula":"{Count}>0"}"""))["count"]!);
        Assert.Equal(["b", "a"], (await sheet.Person.ListAsync(sheet.BaseId, "Things", $"&pageSize=1&sort[0][field]=Count&sort[0][direction]=desc&filterByFormula={Uri.EscapeDataString("{Count}>0")}")).Select(r => (string)r["fields"]!["Name"]!));
    }

    [Fact]
    public async Task A_formula_that_means_nothing_is_refused_and_one_of_the_time_is_never_unchanged()
    {
        var sheet = await Sheet.SharedAsync(installation);
        foreach (var formula in new[] { "{Nothing}=1", "IF(", "NOPE()" })
        {
            var answer = await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?filterByFormula={Uri.EscapeDataString(formula)}");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_FILTER_BY_FORMULA"), (answer.Status, answer.Error));
            Assert.StartsWith("The formula for filtering records is invalid: ", (string)answer.Json["error"]!["message"]!, StringComparison.Ordinal);
        }
        Assert.NotNull((await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?filterByFormula=TRUE()")).Header("ETag"));
        Assert.Null((await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?filterByFormula={Uri.EscapeDataString("NOW()")}")).Header("ETag"));
    }
}
