namespace Vpio.Repository.Tests;

/// <summary>Is a fenced block of code in a Markdown page.</summary>
/// <param name="Page">The page, from the root.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Section">The heading that it stands under, or nothing.</param>
/// <param name="Language">What stands behind the opening fence, or nothing.</param>
/// <param name="Comment">What the HTML comment in the line above says, which no reader sees, or nothing.</param>
/// <param name="Code">What stands between the fences, each line with its end.</param>
internal sealed record CodeFence(string Page, int Line, string Section, string Language, string Comment, string Code)
{
    /// <summary>Names the block in messages.</summary>
    public override string ToString() => $"{Page}:{Line}";
}
