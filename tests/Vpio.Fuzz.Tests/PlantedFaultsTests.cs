using Vpio.Fuzz.Tests.Plants;

namespace Vpio.Fuzz.Tests;

/// <summary>Shows that each promise can be seen to break: something wrong is put in the place of something right, and what the random driver makes must find it.</summary>
[TestFixture]
internal sealed class PlantedFaultsTests
{
    private const int MostInputs = 6000;

    [Test]
    public void AFaultOfTheDoorIsFound([ValueSource(typeof(DoorPlants), nameof(DoorPlants.All))] Plant plant) => Find(plant, "door");

    [Test]
    public void AFaultOfTheNicIsFound([ValueSource(typeof(RingPlants), nameof(RingPlants.All))] Plant plant) => Find(plant, "rings");

    [Test]
    public void AFaultOfWhoReadsReportsIsFound([ValueSource(typeof(JobPlants), nameof(JobPlants.All))] Plant plant) => Find(plant, "job");

    private static void Find(Plant plant, string name)
    {
        RandomInputs inputs = new(seed: 1, Inputs.Corpus(name));
        for (int number = 0; number < MostInputs; number++)
        {
            byte[] input = inputs.Next();
            try
            {
                plant.Target.Run(input);
            }
            catch (BrokenPromiseException broken) when (broken.Message.Contains(plant.Promise, StringComparison.Ordinal))
            {
                TestContext.Out.WriteLine($"Found with input {number}, of {input.Length} bytes.");
                return;
            }
            catch (BrokenPromiseException)
            {
                // One fault may break several promises. This one is asked for.
            }
        }

        Assert.Fail($"Nothing found {plant.Fault} in {MostInputs} inputs.");
    }
}
