using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>The page at <c>/api/reference</c>: what programs can do, read from the description and from nowhere else.</summary>
[Collection(InBrowser.Name)]
public sealed class ApiReferenceOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Routes_are_shown_in_groups_with_how_to_sign_in_and_nothing_comes_from_elsewhere()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(installation.Apis[0]);
        var (elsewhere, complaints) = (new List<string>(), new List<string>());
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(installation.Apis[0].ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                elsewhere.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        await page.GotoAsync("/api/reference");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "PyBase", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Signing in.").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Bearer Token").First).ToBeVisibleAsync();
        foreach (var group in (string[])["Records", "Queries", "Permissions", "Jobs"])
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = group, Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "A page of records HTTP Method: GET", Exact = true }).ClickAsync();
        await Expect(page.GetByText("filterByFormula").First).ToBeVisibleAsync();
        await Browser.PictureAsync(page, "api-reference");
        Assert.Empty(elsewhere);
        Assert.Empty(complaints);
    }
}
