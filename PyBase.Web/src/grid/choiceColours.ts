export interface Paint { back: string; ink: string }

/** Airtable's names for colours; each in a light and a dark form that keeps text readable (4.5:1 and more). */
const hues: Record<string, number> = {
  blue: 216, cyan: 196, teal: 174, green: 140, yellow: 46, orange: 26, red: 2, pink: 330, purple: 268,
}
const newChoice = ['blueLight2', 'tealLight2', 'greenLight2', 'yellowLight2', 'orangeLight2', 'redLight2', 'pinkLight2', 'purpleLight2', 'cyanLight2', 'grayLight2']

export const colourOfNewChoice = (n: number) => newChoice[n % newChoice.length]!

export function choicePaint(colour: string | undefined, dark: boolean): Paint {
  const [, name = 'gray', shade = 'Light2'] = /^([a-z]+)(Light2|Light1|Bright|Dark1)?$/.exec(colour ?? '') ?? []
  const hue = hues[name]
  const strong = shade === 'Bright' || shade === 'Dark1'
  const saturation = hue === undefined ? 8 : 62
  const h = hue ?? 200
  if (dark) {
    if (strong) return { back: `hsl(${h} ${saturation}% 34%)`, ink: `hsl(${h} ${saturation}% 95%)` }
    return { back: `hsl(${h} ${saturation * 0.6}% ${shade === 'Light1' ? 29 : 23}%)`, ink: `hsl(${h} ${saturation}% 84%)` }
  }
  if (strong) return { back: `hsl(${h} ${saturation}% ${name === 'yellow' ? 30 : 34}%)`, ink: '#ffffff' }
  return { back: `hsl(${h} ${saturation + 10}% ${shade === 'Light1' ? 86 : 92}%)`, ink: `hsl(${h} ${saturation}% 24%)` }
}

/** All of them, for a palette. */
export const choiceColours = ['Light2', 'Light1', 'Bright', 'Dark1'].flatMap(shade => [...Object.keys(hues), 'gray'].map(hue => hue + shade))
