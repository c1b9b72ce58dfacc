using Microsoft.Playwright;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PyBase.Tests.Web;

/// <summary>Where the links of mails about accounts lead, and the way to the first of them.</summary>
[Collection(InBrowser.Name)]
public sealed class AccountLinkOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_new_password_is_asked_for_and_links_that_ended_say_so()
    {
        using var somebody = await installation.SignUpAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(installation.Apis[0]);
        await page.GotoAsync("/sign-in");
        await page.GetByTestId("forgot-password").ClickAsync();
        await page.GetByTestId("link-email").FillAsync("nobody@example.org");
        await page.GetByTestId("link-submit").ClickAsync();
        await Expect(page.GetByTestId("link-said")).ToContainTextAsync("on its way");

        await page.GotoAsync("/reset/0123456789012345678901234567890123456789");
        await page.GetByTestId("link-password").FillAsync("short");
        await page.GetByTestId("link-submit").ClickAsync();
        await Expect(page.GetByText("A password has 8 to 200 characters.")).ToBeVisibleAsync();
        await page.GetByTestId("link-password").FillAsync("a long enough password");
        await page.GetByTestId("link-submit").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This link does not exist");

        await page.GotoAsync("/confirm/0123456789012345678901234567890123456789");
        await page.GetByTestId("link-submit").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This link does not exist");
    }
}
