using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vpio.Abi.Description;

/// <summary>Writes a description as JSON, and reads it back: the form that baselines are kept in.</summary>
public static class AbiJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new WideNumber() },
    };

    /// <summary>Writes a description.</summary>
    /// <param name="abi">The description.</param>
    /// <returns>Indented JSON that ends with a line feed.</returns>
    public static string Write(AbiDescription abi) => JsonSerializer.Serialize(abi, Options) + "\n";

    /// <summary>Reads a description.</summary>
    /// <param name="json">What <see cref="Write"/> wrote, of this or another version.</param>
    /// <returns>The description.</returns>
    /// <exception cref="InvalidDataException">It is no such description.</exception>
    public static AbiDescription Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AbiDescription>(json, Options) ?? throw new JsonException("It says null.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"It is no description of an ABI as \"vpio abi --format json\" writes it: {broken.Message}", broken);
        }
    }

    /// <summary>Writes numbers as strings of decimal digits, since readers of JSON lose what lies above 2^53.</summary>
    private sealed class WideNumber : JsonConverter<Int128>
    {
        public override Int128 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Int128.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value)
                ? value
                : throw new JsonException("A value is a string of decimal digits.");

        public override void Write(Utf8JsonWriter writer, Int128 value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
