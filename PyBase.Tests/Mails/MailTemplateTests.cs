using PyBase.Core.Mails;
using PyBase.Core.Notifications;

namespace PyBase.Tests.Mails;

public sealed class MailTemplateTests
{
    [Fact]
    public void What_people_typed_is_text_in_every_part()
    {
        var mail = MailTemplates.Write(new(MailTemplates.Invitation, "bob@example.com") { Inviter = "Eve <script>", Workspace = "A & B\r\nBcc: all@example.com" }, "https://pybase.example.com/join/a\"b");

        Assert.Equal("Eve <script> invites you to A & B  Bcc: all@example.com", mail.Subject);
        Assert.Contains("Eve <script> invites you to work in \"A & B", mail.Text);
        Assert.Contains("https://pybase.example.com/join/a\"b", mail.Text);
        Assert.Contains("Eve &lt;script&gt; invites you to work in &quot;A &amp; B", mail.Html);
        Assert.Contains("href=\"https://pybase.example.com/join/a&quot;b\"", mail.Html);
        Assert.DoesNotContain("<script>", mail.Html);
    }

    [Fact]
    public void A_mail_about_notifications_says_fifty_and_how_many_more()
    {
        Notification Told(int n) => new()
        {
            Id = $"ntf{n}", Kind = NotificationKind.Assignment, Base = new("app1", "A & B"), Table = new("tbl1", "<Parts>"), Record = n == 0 ? "rec1" : null, Count = n == 0 ? 1 : 1_234,
            Actor = new("usr1", "Eve\r\nBcc: all@example.com"), CreatedTime = new DateTimeOffset(2026, 3, 29, 6, 5, 0, TimeSpan.Zero),
        };
        var one = new NotificationLetter("usr2", "bob@example.com", "Europe/Berlin", [Told(0)]).Write("https://pybase.example.com", "5ecret");
        var many = new NotificationLetter("usr2", "bob@example.com", null, [.. Enumerable.Range(0, 62).Select(Told)]).Write("https://pybase.example.com", "5ecret");

        Assert.Equal(("Eve  Bcc: all@example.com assigned you to a record · <Parts>", "62 notifications"), (one.Subject, many.Subject));
        Assert.Contains("<Parts> · A & B · 29 Mar 2026, 08:05\nhttps://pybase.example.com/bases/app1/tbl1?record=rec1\n", one.Text);
        Assert.Contains("&lt;Parts&gt; · A &amp; B", one.Html.Replace("&#183;", "·", StringComparison.Ordinal));
        Assert.Equal("https://pybase.example.com/api/unsubscribe/5ecret", one.Unsubscribe);
        Assert.Contains("29 Mar 2026, 06:05 UTC", many.Text);
        Assert.Contains("See 12 more", many.Text);
        Assert.Equal(49, many.Text.Split("assigned you to 1,234 records").Length - 1);
    }
}
