namespace PyBase.Extraction.Part21;

/// <summary>Collects the header entities, each taken the first time it occurs.</summary>
sealed class Part21HeaderReader
{
    /// <summary>Entries kept of one list.</summary>
    const int MaxEntries = 64;

    bool hasDescription, hasName, hasSchema;

    public Part21Header Header { get; private set; } = new();

    public void Take(string keyword, ArgumentReader arguments)
    {
        switch (keyword)
        {
            // FILE_DESCRIPTION(('CATIA V5 STEP'),'2;1');
            case "FILE_DESCRIPTION" when !hasDescription:
                hasDescription = true;
                Header = Header with { Description = string.Join(' ', Texts(ref arguments)), ImplementationLevel = Text(ref arguments) };
                break;
            // FILE_NAME(name, time_stamp, (author), (organization), preprocessor_version, originating_system, authorization);
            case "FILE_NAME" when !hasName:
                hasName = true;
                Header = Header with
                {
                    Name = Text(ref arguments),
                    TimeStamp = Text(ref arguments),
                    Authors = Texts(ref arguments),
                    Organizations = Texts(ref arguments),
                    PreprocessorVersion = Text(ref arguments),
                    OriginatingSystem = Text(ref arguments),
                    Authorization = Text(ref arguments),
                };
                break;
            // FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));
            case "FILE_SCHEMA" when !hasSchema:
                hasSchema = true;
                Header = Header with { Schemas = Texts(ref arguments) };
                break;
        }
    }

    static string Text(ref ArgumentReader arguments) => arguments.Next() ? arguments.Text() : "";

    static List<string> Texts(ref ArgumentReader arguments)
    {
        List<string> texts = [];
        if (!arguments.Next())
            return texts;
        // Some write a single string where the list should be.
        if (arguments.Kind == ArgumentKind.Text)
            return [arguments.Text()];
        var items = arguments.Items();
        while (texts.Count < MaxEntries && items.Next())
            texts.Add(items.Text());
        return texts;
    }
}
