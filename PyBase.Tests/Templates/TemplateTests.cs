using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Templates;

/// <summary>Bases made from templates are whole: rows, links, computed cells, views.</summary>
[Collection(OnStandalone.Name)]
public sealed class TemplateTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Every_template_makes_a_base_in_which_nothing_is_wrong()
    {
        using var person = await installation.SignUpAsync();
        var templates = (await person.GetAsync("/api/templates"))["templates"]!.AsArray();
        Assert.Equal(["changes", "drawings", "parts", "requirements", "tests"], templates.Select(t => (string)t!["id"]!).Order(StringComparer.Ordinal));
        foreach (var template in templates)
        {
            var made = await person.PostAsync($"/api/templates/{template!["id"]}", new { workspaceId = person.WorkspaceId }, HttpStatusCode.Created);
            Assert.Equal((string)template["name"]!, (string)made["name"]!);
            var tables = (await person.GetAsync($"/v0/meta/bases/{made["id"]}/tables"))["tables"]!.AsArray();
            Assert.Equal(template["tables"]!.AsArray().Select(t => (string)t!["name"]!), tables.Select(t => (string)t!["name"]!));
            Assert.Contains(tables, t => t!["views"]!.AsArray().Count > 2);
            foreach (var table in tables)
            {
                Assert.All(table!["fields"]!.AsArray(), f => Assert.NotEqual(false, (bool?)f!["options"]?["isValid"]));
                var records = await person.ListAsync((string)made["id"]!, (string)table["id"]!);
                Assert.NotEmpty(records);
                Assert.DoesNotContain("\"error\"", string.Concat(records.Select(r => r.ToJsonString())), StringComparison.Ordinal);
                foreach (var view in table["views"]!.AsArray())
                    Assert.True((await person.GetAsync($"/v0/{made["id"]}/{table["id"]}?view={view!["id"]}"))["records"] is JsonArray);
            }
        }
    }

    [Fact]
    public async Task Mass_and_cost_of_the_gearbox_roll_up()
    {
        using var person = await installation.SignUpAsync();
        var made = await person.PostAsync("/api/templates/parts", new { workspaceId = person.WorkspaceId, name = "Our gearbox" }, HttpStatusCode.Created);
        Assert.Equal("Our gearbox", (string)made["name"]!);
        var parts = (await person.ListAsync((string)made["id"]!, "Parts")).ToDictionary(r => (string)r["fields"]!["Part number"]!, r => r["fields"]!);
        // 9.85 + 12.4 + 12 × 0.018, and that with both shafts and four bearings.
        Assert.Equal(22.466, (double)parts["GB-100"]["Total mass (kg)"]!, 9);
        Assert.Equal(22.466 + 2.31 + 6.02 + 4 * 0.2, (double)parts["GB-001"]["Total mass (kg)"]!, 9);
        Assert.Equal(90 + (35 + 203 + 241 + 12 * 0.21) + 118 + 174.5 + 4 * 6.4, (double)parts["GB-001"]["Total cost"]!, 9);
        Assert.Equal([42.0], parts["GB-110"]["Lead time (days)"]!.AsArray().Select(d => (double)d!));
        Assert.Equal(2, (int)(await person.ListAsync((string)made["id"]!, "Suppliers"))[0]["fields"]!["Number of parts"]!);
    }

    [Fact]
    public async Task What_there_is_no_template_or_permission_for_leaves_no_base()
    {
        using var owner = await installation.SignUpAsync();
        using var editor = await installation.SignUpAsync();
        await owner.AddMemberAsync(editor, "editor");
        var before = (await owner.GetAsync("/v0/meta/bases"))["bases"]!.AsArray().Count;
        Assert.Equal("template-not-found", (string)(await owner.PostAsync("/api/templates/nothing", new { workspaceId = owner.WorkspaceId }, HttpStatusCode.NotFound))["code"]!);
        await editor.PostAsync("/api/templates/parts", new { workspaceId = owner.WorkspaceId }, HttpStatusCode.Forbidden);
        using var stranger = await installation.SignUpAsync();
        Assert.NotEqual(HttpStatusCode.Created, (await Sheet.SendAsync(stranger.Client, "POST", "/api/templates/parts", $$"""{"workspaceId":"{{owner.WorkspaceId}}"}""")).Status);
        Assert.Equal(before, (await owner.GetAsync("/v0/meta/bases"))["bases"]!.AsArray().Count);
    }
}
