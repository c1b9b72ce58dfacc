import { describe, expect, it } from 'vitest'
import { ownersIn } from './step'

const text = `DATA;
#1=PRODUCT('FX-100','Frame','',(#90));
#2=PRODUCT_DEFINITION_FORMATION('A','',#1); #3=PRODUCT_DEFINITION('design','',#2,#91);
#4=PRODUCT('FX-110','',$,(#90));
#5=PRODUCT_DEFINITION_FORMATION('','',#4);
#6=PRODUCT_DEFINITION('design','it''s; #1',#5,#91);
#7=NEXT_ASSEMBLY_USAGE_OCCURRENCE('1','','',#3,#6,$);
#8=PRODUCT_DEFINITION_SHAPE('','',#6);
#9=SHAPE_ASPECT('','',#8,.T.);
#10=DIMENSIONAL_SIZE(#9,'diameter');
#11=(GEOMETRIC_TOLERANCE('','',#50,#9)GEOMETRIC_TOLERANCE_WITH_DATUM_REFERENCE((#12)));
#12=DATUM_SYSTEM('','',#12,.F.);
#13=PRODUCT('P','Schraube M8 \\X2\\00D7\\X0\\ 30','',(#90));
#20=CARTESIAN_POINT('',(0.,0.,0.));
ENDSEC;`

describe('entities of a STEP file', () => {
  const owners = ownersIn(text)
  it('are about a part, which is called by its name or else its number', () => {
    expect(owners.get(1)).toEqual({ part: 'Frame', isItself: true })
    expect(owners.get(6)).toEqual({ part: 'FX-110' })
    expect(owners.get(13)).toEqual({ part: 'Schraube M8 × 30', isItself: true })
  })
  it('lead to it from dimensions and tolerances', () => {
    expect(owners.get(10)).toEqual({ part: 'FX-110' })
    expect(owners.get(11)).toEqual({ part: 'FX-110' })
  })
  it('know of a usage where it is', () => expect(owners.get(7)).toEqual({ part: 'FX-110', within: 'Frame' }))
  it('that lead nowhere, or are geometry, are about none', () => expect([12, 20, 99].map(id => owners.get(id))).toEqual([undefined, undefined, undefined]))
})
