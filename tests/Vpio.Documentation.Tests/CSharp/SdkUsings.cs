namespace Vpio.Documentation.Tests.CSharp;

/// <summary>Is what <c>ImplicitUsings</c> adds to a project that <c>dotnet new console</c> makes.</summary>
internal static class SdkUsings
{
    private static readonly string[] Namespaces = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    /// <summary>Gets it as a file of C#.</summary>
    public static string Text { get; } = string.Concat(Namespaces.Select(name => $"global using {name};\n"));
}
