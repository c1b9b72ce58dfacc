using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PyBase.Tests.Automations;
using PyBase.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static PyBase.Tests.Web.TableWorkTests;

namespace PyBase.Tests.Web;

/// <summary>What somebody is told is chosen on a page, and ended from a mail without signing in.</summary>
[Collection(OnOutgoing.Name)]
public sealed partial class NotificationPagesTests(OutgoingInstallation installation) : WithBrowser
{
    [Fact]
    public async Task What_somebody_is_told_is_chosen_by_keyboard_and_ended_by_a_mailed_link()
    {
        var (page, person, baseId, ids) = await OpenAsync(Browser, installation);
        var me = (await person.GetAsync("/api/auth/me"))["user"]!;
        await page.GetByTestId("notifications").ClickAsync();
        await page.GetByTestId("notification-settings").ClickAsync();
        await page.GetByTestId("address-confirm").ClickAsync();
        await Expect(page.GetByText("The link is on its way.")).ToBeVisibleAsync();
        await page.GotoAsync($"/confirm/{await LinkAsync((string)me["email"]!, "confirm")}");
        await page.GetByTestId("link-submit").ClickAsync();
        await Expect(page.GetByText("Your address is confirmed.")).ToBeVisibleAsync();

        await page.GotoAsync("/notifications");
        await Expect(page.GetByTestId("mail-mention")).ToHaveValueAsync("At once");
        await Expect(page.GetByTestId("address-unconfirmed")).ToHaveCountAsync(0);
        await page.GetByTestId("in-app-automation").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByTestId("mail-job").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Option, new() { Name = "Once a day" }).WaitForAsync();
        foreach (var key in (string[])["ArrowUp", "Enter"])
            await page.Keyboard.PressAsync(key);
        await Expect(page.GetByTestId("mail-job")).ToHaveValueAsync("Once a day");
        await ChooseAsync(page, "digest-hour", "07:00");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved" })).ToHaveCountAsync(1);
        foreach (var (colours, width, name) in ((ColorScheme, int, string)[])[(ColorScheme.Light, 1400, "light"), (ColorScheme.Dark, 1400, "dark"), (ColorScheme.Dark, 375, "phone")])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.SetViewportSizeAsync(width, 760);
            await Browser.PictureAsync(page, $"web-notification-preferences-{name}");
            Assert.Empty(await Accessibility.FaultsAsync(page));
        }
        await page.ReloadAsync();
        await Expect(page.GetByTestId("mail-job")).ToHaveValueAsync("Once a day");
        await Expect(page.GetByTestId("digest-hour")).ToHaveValueAsync("07:00");
        await Expect(page.GetByTestId("in-app-automation")).Not.ToBeCheckedAsync();

        using var other = await installation.SignUpAsync();
        await person.AddMemberAsync(other, "editor");
        await other.PostAsync($"/v0/{baseId}/Parts/{ids[0]}/comments", new { text = $"Look, @[{(string)me["id"]!}]" });
        var stranger = await Browser.OpenAsync(installation.Apis[0], 375, 740, ColorScheme.Dark);
        await stranger.GotoAsync($"/unsubscribe/{await LinkAsync((string)me["email"]!, "unsubscribe")}");
        await Expect(stranger.GetByTestId("link-submit")).ToBeVisibleAsync();
        await Browser.PictureAsync(stranger, "web-unsubscribe");
        Assert.Empty(await Accessibility.FaultsAsync(stranger));
        await page.ReloadAsync();
        await Expect(page.GetByTestId("mail-mention")).ToHaveValueAsync("At once");
        await stranger.GetByTestId("link-submit").ClickAsync();
        await Expect(stranger.GetByTestId("link-said")).ToContainTextAsync("You get no more of these mails.");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("mail-mention")).ToHaveValueAsync("Never");
        await Expect(page.GetByTestId("mail-job")).ToHaveValueAsync("Never");
    }

    /// <summary>The link to this page in the newest mail that has one; the mails before it are passed over.</summary>
    async Task<string> LinkAsync(string address, string door)
    {
        while (true)
            foreach (Match link in LinkPattern().Matches((await installation.Mails.NextAsync(address)).TextBody ?? ""))
                if (link.Groups[1].Value == door)
                    return link.Groups[2].Value;
    }

    [GeneratedRegex("https://pybase\\.example\\.com/([a-z]+)/([0-9a-f]{40})\\b")]
    private static partial Regex LinkPattern();
}
