using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Sorting by fields whose cells are lists: what stands first in them decides.</summary>
[Collection(OnStandalone.Name)]
public sealed class SortByListsTests(StandaloneInstallation installation)
{
    [Theory]
    [InlineData("Links", "dbca")]
    [InlineData("-Links", "acbd")]
    [InlineData("Tags", "dabc")]
    [InlineData("-Tags", "cbad")]
    [InlineData("Files", "dbca")]
    [InlineData("-Files", "acbd")]
    [InlineData("Code", "dcab")]
    public async Task What_stands_first_decides(string key, string expected)
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (m8, m10) = (await sheet.AddAsync("Others", """{"Name":"M8"}"""), await sheet.AddAsync("Others", """{"Name":"M10"}"""));
        var a = await sheet.AddAsync("Things", $$$"""{"Name":"a","Links":["{{{m10}}}","{{{m8}}}"],"Tags":["red"],"Code":{"text":"10"}}""");
        var b = await sheet.AddAsync("Things", $$$"""{"Name":"b","Links":["{{{m8}}}"],"Tags":["red"],"Code":{"text":"11"}}""");
        var c = await sheet.AddAsync("Things", $$$"""{"Name":"c","Links":["{{{m8}}}","{{{m10}}}"],"Tags":["green, light"],"Code":{"text":"9"}}""");
        await sheet.AddAsync("Things", """{"Name":"d"}""");
        foreach (var (id, name) in new[] { (a, "z.txt"), (b, "a2.txt"), (c, "a10.txt") })
            await sheet.OkAsync("POST", $"/v0/{sheet.BaseId}/{id}/Files/uploadAttachment", $$"""{"contentType":"text/plain","filename":"{{name}}","file":"YQ=="}""");
        var query = $"&sort[0][field]={key.TrimStart('-')}&sort[0][direction]={(key[0] == '-' ? "desc" : "asc")}";
        // The number follows the direction of the first key, so equal ones come in reverse.
        foreach (var size in new[] { 1, 2, 100 })
            Assert.Equal(expected, string.Concat((await sheet.Person.ListAsync(sheet.BaseId, "Things", $"&pageSize={size}{query}")).Select(r => (string)r["fields"]!["Name"]!)));
    }
}
